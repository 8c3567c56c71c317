// HLSWriter

print("hlsbuild")

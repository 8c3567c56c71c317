// SHA-256 of libcrypto through its streaming functions: unlike EVP they load no provider and no configuration,
// which would cost a build with nothing to do more than everything else it does.
#pragma once
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

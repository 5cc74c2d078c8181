// How a client proves to a server over TLS who it is.
#pragma once
#include <string>

#include "core/secrets/secret.h"

namespace rw {

struct ClientCertificate {
    std::string file{};     ///< PEM, with the certificates up to one that the server trusts; empty: none
    std::string keyFile{};  ///< PEM, its private key
    Secret passphrase{};    ///< of the key; empty: it is not encrypted
};

}  // namespace rw

// A connection to a system of others, as a person has set it up on this computer.
#pragma once
#include <map>
#include <string>

#include "core/secrets/secret_source.h"

namespace rw {

struct Connection {
    std::string name{};                         ///< unique among connections; pipelines say this alone
    std::string kind{};                         ///< of system: “kafka”, “postgresql” …
    std::map<std::string, std::string> fields;  ///< addresses, names of users, of files …; no secrets
    std::map<std::string, SecretRef> secrets;   ///< where passwords and tokens lie; no name of `fields`
    bool operator==(const Connection&) const = default;
};

}  // namespace rw

#include "core/cluster/child_environment.h"

#include "core/cluster/target_field.h"
#include "core/cluster/target_file.h"
#include "core/connect/connections/connection_file.h"
#include "core/process/program.h"
#include "core/secrets/secret_source.h"

namespace rw {

std::vector<std::string> childEnvironment(const std::string& targets, const std::string& connections) {
    // A target is tried before it is put in the list: it was asked for then.
    VariableNames secret = secretVariables();
    // Of a list that can't be read no target can be used either.
    if (const Result<std::vector<Target>> known = readTargets(targets); known.ok()) {
        for (Target target : *known) {
            const SecretRef* const token = tokenOf(target);
            if (token != nullptr && token->kind == SecretRef::Kind::Environment) secret.insert(token->name);
        }
    }
    if (const Result<std::vector<Connection>> known = readConnections(connections); known.ok()) {
        for (const Connection& connection : *known) {
            for (const auto& [name, place] : connection.secrets) {
                if (place.kind == SecretRef::Kind::Environment) secret.insert(place.name);
            }
        }
    }
    return environmentWithout(secret);
}

std::vector<std::string> childEnvironment() {
    return childEnvironment(targetsPath(), connectionsPath());
}

}  // namespace rw

#include "core/cluster/child_environment.h"

#include <unistd.h>

#include <mutex>
#include <set>
#include <string_view>

#include "core/cluster/target_file.h"

namespace rw {

namespace {

/// Names that the program learnt besides the list: a target is tried before it is put there.
struct KeptNames {
    std::mutex mutex{};
    std::set<std::string, std::less<>> names{};
};

KeptNames& keptNames() {
    static KeptNames kept;
    return kept;
}

}  // namespace

void keepFromChildren(const std::string& name) {
    KeptNames& kept = keptNames();
    const std::lock_guard lock(kept.mutex);
    kept.names.insert(name);
}

std::vector<std::string> childEnvironment(const std::string& targets) {
    std::set<std::string, std::less<>> secret;
    {
        KeptNames& kept = keptNames();
        const std::lock_guard lock(kept.mutex);
        secret = kept.names;
    }
    // Of a list that can't be read no target can be used either.
    if (const Result<std::vector<Target>> known = readTargets(targets); known.ok()) {
        for (const Target& target : *known) {
            const SecretRef& token = target.flink.token;
            if (token.kind == SecretRef::Kind::Environment) secret.insert(token.name);
        }
    }
    std::vector<std::string> variables;
    for (char** each = ::environ; each != nullptr && *each != nullptr; ++each) {
        const std::string_view variable(*each);
        if (!secret.contains(variable.substr(0, variable.find('=')))) variables.emplace_back(variable);
    }
    return variables;
}

std::vector<std::string> childEnvironment() {
    return childEnvironment(targetsPath());
}

}  // namespace rw

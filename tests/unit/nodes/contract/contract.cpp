#include "tests/unit/nodes/contract/contract.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "core/nodes/catalogue.h"
#include "tests/support/child.h"
#include "tests/unit/nodes/contract/contract_params.h"

namespace rw::test {

std::string contractFault(const NodeKind& kind) {
    if (!kind.inputs.empty() && !kind.outputs.empty()) return operatorFault(kind);
    if (std::string fault = durabilityFault(kind); !fault.empty()) return fault;
    const bool led = std::any_of(kind.params.begin(), kind.params.end(), [](const ParamSpec& spec) {
        return spec.kind == ParamKind::Connection && spec.required;
    });
    const testing::ScratchFolder folder("away_contract");
    if (led && builtin().find(kind.type) != nullptr) {
        const std::string fault = awayFault(kind, variants(kind).front(), folder.path().string());
        if (!fault.empty()) return fault;
    }
    return kind.inputs.empty() ? sourceFault(kind) : sinkFault(kind);
}

std::string guaranteeFault(const NodeKind& kind, const Json& params, const BoundNode& bound) {
    const bool outside = std::any_of(kind.params.begin(), kind.params.end(), [](const ParamSpec& spec) {
        return spec.kind == ParamKind::Connection && spec.required;
    });
    const Guarantee& guarantee = bound.guarantee;
    const auto said = [&](const char* why) {
        return fmt::format("{} {}: {}", kind.type, params.dump(), why);
    };
    if (outside && guarantee.promise == Guarantee::Promise::None)
        return said("it does not say what it guarantees");
    if (guarantee.withoutCheckpoints > guarantee.promise && guarantee.promise != Guarantee::Promise::None)
        return said("it promises more without checkpoints than with them");
    return {};
}

std::string crashOf(const std::function<void()>& body) {
    const pid_t child = ::fork();
    if (child < 0) return "no process to try it in";
    if (child == 0) {
        const rlimit none{0, 0};
        ::setrlimit(RLIMIT_CORE, &none);
        for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL}) std::signal(signal, SIG_DFL);
        body();
        ::_exit(0);
    }
    int end = 0;
    ::waitpid(child, &end, 0);
    if (WIFSIGNALED(end)) return fmt::format("ended by signal {}", WTERMSIG(end));
    return WEXITSTATUS(end) == 0 ? std::string() : fmt::format("ended with status {}", WEXITSTATUS(end));
}

std::string firstDifference(const std::vector<std::string>& whole, const std::vector<std::string>& parts) {
    if (whole == parts) return {};
    const auto [one, other] = std::mismatch(whole.begin(), whole.end(), parts.begin(), parts.end());
    const std::string first = one == whole.end() ? "nothing" : "“" + *one + "”";
    const std::string second = other == parts.end() ? "nothing" : "“" + *other + "”";
    return fmt::format("line {} of {} is {}, but {} of {}", one - whole.begin() + 1, whole.size(), first,
                       second, parts.size());
}

}  // namespace rw::test

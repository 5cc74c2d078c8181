#include "core/listen/held_by_run.h"

#include <algorithm>

#include "core/pipeline/access.h"

namespace rw {

namespace {

/// A broker divides the messages of such a topic among those that subscribe to it.
bool isShared(const Node& node) {
    const auto topic = node.params.find("topic");
    return topic != node.params.end() && topic->is_string() &&
           topic->get_ref<const std::string&>().starts_with("$share/");
}

Text onceItKeptSome() {
    return RW_TEXT(
        "listen",
        "Take the sample again when the run has kept some of its rows, or listen when nothing runs.");
}

}  // namespace

HeldByRun heldByRun(const Pipeline& running, const Catalogue& catalogue, const ValidateOptions& options) {
    ValidateOptions looking = options;
    looking.files = false;
    looking.permits = nullptr;
    const Validated checked = validate(running, catalogue, looking);
    HeldByRun held;
    for (const Access& access : accessesOf(running, catalogue, looking, checked)) {
        if (access.alone) held.insert(access.identity());
    }
    return held;
}

std::optional<NoLook> takenFromRun(const Node& node, const BoundNode* bound, const HeldByRun* held) {
    if (isShared(node)) {
        return NoLook{RW_TEXT("listen",
                              "“%1” is not listened to while a run goes on: the broker divides its messages "
                              "among those that read them.")
                          .with(node.shownTitle()),
                      onceItKeptSome()};
    }
    const bool taken =
        bound != nullptr &&
        std::any_of(bound->accesses.begin(), bound->accesses.end(), [held](const Access& access) {
            return access.alone && (held == nullptr || held->contains(access.identity()));
        });
    if (!taken) return std::nullopt;
    return NoLook{
        RW_TEXT("listen", "“%1” is not listened to now: the run has its port.").with(node.shownTitle()),
        onceItKeptSome()};
}

}  // namespace rw

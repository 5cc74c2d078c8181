#include "core/state/carried/closed_windows.h"

#include <memory>
#include <utility>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/windows/closed_results.h"

namespace rw {

namespace {

/// Keeps the results; nothing else leaves a node that gets no rows.
class KeptOutput final : public Output {
 public:
    std::vector<Batch> results{};

    void emit(int port, Batch batch) override {
        if (port == kWindowOut) results.push_back(std::move(batch));
    }
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text& reason) override {
        return {
            ErrorCode::Invalid,
            RW_TEXT("checkpoint", "A result of a window that is open can't be computed: %1").with(reason)};
    }
    void countLate(std::size_t, Millis) override {}
};

Status finishWork(Operator& node, Output& out) {
    while (node.hasMore()) RW_TRY(node.resume(out));
    return {};
}

}  // namespace

Result<std::string> closedState(std::string_view state, const ClosableWindows& windows) {
    RW_TRY_ASSIGN(const StateReader reader, StateReader::open(state));
    MakeContext context;
    context.inputs = {InputInfo{.type = windows.input}};
    context.clock = systemClock();
    RW_TRY_ASSIGN(Made made, windows.kind->make(*windows.before, context));
    auto* const node = std::get_if<std::unique_ptr<Operator>>(&made);
    if (node == nullptr) return brokenState("a node without windows");
    (*node)->outputPorts = static_cast<int>(windows.before->outputs.size());
    KeptOutput out;
    RW_TRY((*node)->restore(reader, KeyGroups()));
    RW_TRY(finishWork(**node, out));
    RW_TRY((*node)->onWatermark(kMaxTimestamp, out));
    RW_TRY(finishWork(**node, out));
    StateWriter writer;
    for (const Batch& rows : out.results) ClosedResults::write(rows, windows.keys, writer);
    return writer.finish();
}

}  // namespace rw

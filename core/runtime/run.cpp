#include "core/runtime/run.h"

#include "core/runtime/run_lifecycle.h"

namespace rw {

Run::Run(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Run::~Run() = default;

Result<std::unique_ptr<Run>> Run::start(std::shared_ptr<const Plan> plan, RunOptions options) {
    auto impl = std::make_unique<Impl>(std::move(plan), std::move(options));
    RW_TRY(impl->start());
    return std::unique_ptr<Run>(new Run(std::move(impl)));
}

void Run::pause() {
    m_impl->pause();
}
void Run::resume() {
    m_impl->resume();
}
void Run::stop(StopMode mode) {
    m_impl->stop(mode);
}
Result<StateSnapshot> Run::snapshot() {
    return m_impl->snapshot();
}
Result<StateSnapshot> Run::awaitSnapshot() {
    return m_impl->awaitSnapshot();
}
RunState Run::state() const {
    return m_impl->state();
}
bool Run::finished() const {
    return m_impl->finished();
}
void Run::wait() {
    (void)m_impl->waitFor(-1);
}
bool Run::waitFor(Millis millis) {
    return m_impl->waitFor(millis);
}
Status Run::status() const {
    return m_impl->status();
}
RunMetrics Run::metrics() const {
    return m_impl->metrics();
}
const Plan& Run::plan() const {
    return m_impl->plan();
}
bool Run::endsByItself() const {
    return m_impl->plan().bounded();
}
std::shared_ptr<LiveView> Run::view(const NodeId& node) const {
    return m_impl->graph().view(node);
}
std::vector<KeptRow> Run::keptRows(std::uint64_t after) const {
    return m_impl->shared().kept.since(after);
}
std::vector<RunNote> Run::takeNotes() {
    return m_impl->takeNotes();
}

std::shared_ptr<Tap> Run::tap(const NodeId& node, int port) {
    auto& taps = m_impl->shared().taps;
    const auto found = taps.find(node);
    if (found == taps.end() || port < 0 || static_cast<std::size_t>(port) >= found->second.size())
        return nullptr;
    return found->second[static_cast<std::size_t>(port)].open();
}

}  // namespace rw

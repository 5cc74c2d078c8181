#include "core/runtime/run.h"

#include "core/runtime/supervisor.h"

namespace rw {

Run::Run(std::unique_ptr<Supervisor> supervisor) : m_supervisor(std::move(supervisor)) {}
Run::~Run() = default;

Result<std::unique_ptr<Run>> Run::start(std::shared_ptr<const Plan> plan, RunOptions options) {
    auto supervisor = std::make_unique<Supervisor>(std::move(plan), std::move(options));
    RW_TRY(supervisor->start());
    return std::unique_ptr<Run>(new Run(std::move(supervisor)));
}

void Run::pause() {
    m_supervisor->pause();
}
void Run::resume() {
    m_supervisor->resume();
}
Status Run::step(const Until& until) {
    return m_supervisor->step(until);
}
void Run::setBreakpoints(std::vector<Breakpoint> breakpoints) {
    m_supervisor->record().stepping.setBreakpoints(std::move(breakpoints));
}
SteppingState Run::stepping() const {
    return m_supervisor->record().stepping.state();
}
bool Run::awaitHalt(std::uint64_t halts, Millis millis) {
    return m_supervisor->awaitHalt(halts, millis);
}
void Run::stop(StopMode mode) {
    m_supervisor->stop(mode);
}
Status Run::ask(const NodeId& node, NodeRequest request) {
    return m_supervisor->ask(node, request);
}
Status Run::closeWindows(const NodeId& node, Instant until) {
    return m_supervisor->closeWindows(node, until);
}
Result<StateSnapshot> Run::snapshot() {
    return m_supervisor->snapshot();
}
Result<StateSnapshot> Run::awaitSnapshot() {
    return m_supervisor->awaitSnapshot();
}
RunState Run::state() const {
    return m_supervisor->state();
}
bool Run::finished() const {
    return m_supervisor->finished();
}
void Run::wait() {
    (void)m_supervisor->waitFor(-1);
}
bool Run::waitFor(Millis millis) {
    return m_supervisor->waitFor(millis);
}
Status Run::status() const {
    return m_supervisor->status();
}
RunMetrics Run::metrics() const {
    return m_supervisor->metrics();
}
const Plan& Run::plan() const {
    return m_supervisor->plan();
}
bool Run::endsByItself() const {
    return m_supervisor->plan().bounded();
}
std::shared_ptr<LiveView> Run::view(const NodeId& node) const {
    return m_supervisor->view(node);
}
std::vector<KeptRow> Run::keptRows(std::uint64_t after) const {
    return m_supervisor->record().kept.since(after);
}
std::shared_ptr<WindowWatch> Run::watchWindows() const {
    return std::make_shared<WindowWatch>(m_supervisor->record().windows);
}
std::vector<RunNote> Run::takeNotes() {
    return m_supervisor->record().notes.take();
}

std::shared_ptr<Tap> Run::tap(const NodeId& node, int port) {
    auto& taps = m_supervisor->record().taps;
    const auto found = taps.find(node);
    if (found == taps.end() || port < 0 || static_cast<std::size_t>(port) >= found->second.size())
        return nullptr;
    return found->second[static_cast<std::size_t>(port)].open();
}

}  // namespace rw

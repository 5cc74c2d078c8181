#include "core/runtime/stepping/stepping.h"

#include <algorithm>

#include "core/data/text.h"
#include "core/sql/bind/bind.h"

namespace rw {

namespace {

constexpr std::size_t kLongestRow = 4'096;  ///< bytes of a row that are told

std::string shortened(std::string text) {
    if (text.size() <= kLongestRow) return text;
    std::size_t end = kLongestRow;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not within a letter
    text.resize(end);
    return text + "…";
}

bool isShown(const WindowEvent& event) {
    return event.kind == WindowEvent::Kind::Early || event.kind == WindowEvent::Kind::Fired ||
           event.kind == WindowEvent::Kind::FiredAgain;
}

Status unknown(const NodeId& node) {
    return Status(ErrorCode::Invalid, RW_TEXT("stepping", "The run has no node “%1”.").with(node),
                  RW_TEXT("stepping", "It may be new, removed or disabled: apply the changes first."));
}

}  // namespace

/// A breakpoint at one port, ready to be asked.
struct Stepping::Point {
    Breakpoint about{};
    bool ofStep = false;
    std::size_t index = 0;  ///< in m_breakpoints
    int port = 0;
    sql::BoundRef condition{};  ///< null: all rows
};

struct Stepping::Asked {
    std::vector<Point> points{};
    sql::EvalContext eval{};
    std::optional<Until> step{};
    std::shared_ptr<WindowWatch> watch{};
    std::map<NodeId, std::uint64_t> seen{};
};

Stepping::Stepping(const Plan& plan, std::shared_ptr<WindowEvents> windows)
    : m_windows(std::move(windows)) {
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            m_nodes.emplace(node.node, &node);
            const bool source = stage.source && &node == &stage.nodes.front();
            const bool timed = std::any_of(node.bound->outputs.begin(), node.bound->outputs.end(),
                                           [](const StreamType& output) { return output.eventTime >= 0; });
            if ((source && timed) || node.bound->assignsEventTime) m_stampers.push_back(node.node);
            if (source) m_sources.insert(node.node);
        }
    }
    arm();
}

Stepping::~Stepping() = default;

void Stepping::evaluateWith(const sql::EvalContext& eval) {
    const std::lock_guard lock(m_mutex);
    m_eval = eval;
    m_held.clear();
    arm();
}

void Stepping::setBreakpoints(std::vector<Breakpoint> breakpoints) {
    std::vector<Point> points;
    std::vector<BreakpointState> states(breakpoints.size());
    for (std::size_t index = 0; index < breakpoints.size(); ++index) {
        for (Point& point : pointsOf(breakpoints[index], states[index].trouble)) {
            point.index = index;
            if (breakpoints[index].enabled) points.push_back(std::move(point));
        }
    }
    const std::lock_guard lock(m_mutex);
    for (std::size_t index = 0; index < breakpoints.size(); ++index) {
        const auto before = std::find(m_breakpoints.begin(), m_breakpoints.end(), breakpoints[index]);
        if (before == m_breakpoints.end()) continue;
        states[index].hits =
            m_state.breakpoints[static_cast<std::size_t>(before - m_breakpoints.begin())].hits;
    }
    std::erase_if(m_waiting, [&](const Halt& halt) {
        return !halt.ofStep &&
               std::find(breakpoints.begin(), breakpoints.end(), halt.breakpoint) == breakpoints.end();
    });
    m_breakpoints = std::move(breakpoints);
    m_points = std::move(points);
    m_state.breakpoints = std::move(states);
    arm();
}

std::vector<Stepping::Point> Stepping::pointsOf(const Breakpoint& breakpoint, Text& trouble) const {
    const auto found = m_nodes.find(breakpoint.node);
    if (found == m_nodes.end()) {
        trouble = unknown(breakpoint.node).error().message;
        return {};
    }
    const PlannedNode& node = *found->second;
    std::vector<Point> points;
    if (breakpoint.on == Breakpoint::On::Rejected) {
        if (breakpoint.condition.empty()) return {Point{breakpoint}};
        trouble =
            RW_TEXT("stepping", "A breakpoint at rejected rows has no condition: they have no columns.");
        return {};
    }
    for (std::size_t port = 0; port < node.bound->outputs.size(); ++port) {
        const PortSpec& spec = node.kind->outputs[port];
        const bool meant = breakpoint.on == Breakpoint::On::Late ? spec.role == PortRole::Late
                                                                 : spec.name == breakpoint.port;
        if (!meant) continue;
        Point point{breakpoint};
        point.port = static_cast<int>(port);
        if (!breakpoint.condition.empty()) {
            auto bound = sql::bindCondition(breakpoint.condition, {node.bound->outputs[port].schema});
            if (const auto* const error = std::get_if<sql::SqlError>(&bound)) {
                trouble =
                    RW_TEXT("stepping", "The condition “%1”: %2").with(breakpoint.condition, error->message);
                return {};
            }
            point.condition = std::get<sql::BoundRef>(std::move(bound));
        }
        points.push_back(std::move(point));
    }
    if (!points.empty()) return points;
    trouble = breakpoint.on == Breakpoint::On::Late
                  ? RW_TEXT("stepping", "“%1” sets no late rows aside.").with(breakpoint.node)
                  : RW_TEXT("stepping", "“%1” has no output “%2”.").with(breakpoint.node, breakpoint.port);
    return {};
}

SteppingState Stepping::state() const {
    const std::lock_guard lock(m_mutex);
    return m_state;
}

Status Stepping::checkStep(const Until& until, const WatermarkOf& watermark) const {
    const auto known = [this](const NodeId& node) { return node.empty() || m_nodes.contains(node); };
    if (const auto* const batch = std::get_if<OneBatch>(&until)) {
        if (!known(batch->source)) return unknown(batch->source);
        if (!batch->source.empty() && !m_sources.contains(batch->source)) {
            return Status(
                ErrorCode::Invalid,
                RW_TEXT("stepping", "“%1” is no source: it gives no batches by itself.").with(batch->source),
                RW_TEXT("stepping", "Step to its next result instead."));
        }
    } else if (const auto* const firing = std::get_if<NextFiring>(&until)) {
        if (!known(firing->node)) return unknown(firing->node);
    } else if (const auto* const time = std::get_if<EventTime>(&until)) {
        if (!known(time->node)) return unknown(time->node);
        if (time->node.empty() && m_stampers.empty()) {
            return Status(ErrorCode::Invalid, RW_TEXT("stepping", "No row of this run has an event time."),
                          RW_TEXT("stepping", "Set the event time of a source, or step by batches."));
        }
        const std::vector<NodeId> nodes = time->node.empty() ? m_stampers : std::vector<NodeId>{time->node};
        const bool reached = std::all_of(nodes.begin(), nodes.end(),
                                         [&](const NodeId& node) { return watermark(node) >= time->at; });
        if (reached) {
            return Status(ErrorCode::Invalid,
                          RW_TEXT("stepping", "The run is already at that event time, or behind it."),
                          RW_TEXT("stepping", "Choose a later time."));
        }
    }
    return {};
}

Status Stepping::begin(const Until& until, const WatermarkOf& watermark) {
    RW_TRY(checkStep(until, watermark));
    std::vector<Point> points;
    if (const auto* const breakpoint = std::get_if<Breakpoint>(&until)) {
        Text trouble;
        points = pointsOf(*breakpoint, trouble);
        if (!trouble.empty()) return Status(ErrorCode::Invalid, trouble, {});
        for (Point& point : points) point.ofStep = true;
    }
    std::shared_ptr<WindowWatch> watch;
    std::map<NodeId, std::uint64_t> seen;
    if (const auto* const firing = std::get_if<NextFiring>(&until)) {
        watch = std::make_shared<WindowWatch>(m_windows);
        for (const WindowLane& lane : watch->lanes()) {
            if (!firing->node.empty() && firing->node != lane.node) continue;
            const std::vector<WindowEvent> before = watch->since(lane.node, 0);
            seen[lane.node] = before.empty() ? 0 : before.back().number;
        }
        if (seen.empty()) watch.reset();
        if (seen.empty() && firing->node.empty()) {
            return Status(ErrorCode::Invalid, RW_TEXT("stepping", "No node of this run has windows."),
                          RW_TEXT("stepping", "Step by batches, or to the next rows of a node."));
        }
    }
    std::map<NodeId, Instant> reached;
    for (const NodeId& node : m_stampers) reached[node] = watermark(node);
    const std::lock_guard lock(m_mutex);
    m_step = until;
    m_stepPoints = std::move(points);
    m_watch.swap(watch);
    m_seen = std::move(seen);
    m_taken.reset();
    if (!std::holds_alternative<OneBatch>(until)) m_held.clear();
    m_reached = std::move(reached);
    m_state.underWay = true;
    m_state.last.reset();
    m_holds = true;
    arm();
    return {};
}

void Stepping::goOn() {
    const std::lock_guard lock(m_mutex);
    m_step.reset();
    m_stepPoints.clear();
    m_watch.reset();
    m_held.clear();
    m_state.underWay = false;
    m_state.last.reset();
    m_holds = false;
    arm();
}

void Stepping::arm() {
    auto made = std::make_shared<Asked>();
    made->points = m_points;
    made->points.insert(made->points.end(), m_stepPoints.begin(), m_stepPoints.end());
    made->eval = m_eval;
    made->step = m_step;
    made->watch = m_watch;
    made->seen = m_seen;
    m_armed = !made->points.empty() || made->step;
    m_asked = std::move(made);
}

std::shared_ptr<const Stepping::Asked> Stepping::asked() const {
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

void Stepping::stand(Halt halt) {
    const std::lock_guard lock(m_mutex);
    conclude(std::move(halt));
}

void Stepping::waits(Halt halt) {
    const std::lock_guard lock(m_mutex);
    if (halt.why == Halt::Why::Breakpoint && !halt.ofStep) m_waiting.push_back(std::move(halt));
}

std::optional<Halt> Stepping::takeWaiting() {
    const std::lock_guard lock(m_mutex);
    if (m_waiting.empty()) return std::nullopt;
    Halt next = std::move(m_waiting.front());
    m_waiting.pop_front();
    return next;
}

void Stepping::cancel(Halt::Why why) {
    const std::lock_guard lock(m_mutex);
    m_waiting.clear();
    if (!m_state.underWay) return;
    Halt halt;
    halt.why = why;
    conclude(std::move(halt));
}

void Stepping::conclude(Halt halt) {
    halt.number = ++m_state.halts;
    m_state.underWay = false;
    m_state.last = std::move(halt);
    m_step.reset();
    m_stepPoints.clear();
    m_watch.reset();
    m_holds = true;
    arm();
}

bool Stepping::holds() const {
    const std::lock_guard lock(m_mutex);
    return m_holds;
}

bool Stepping::isFor(const NodeId& source) const {
    const auto* const batch = m_step ? std::get_if<OneBatch>(&*m_step) : nullptr;
    return batch && (batch->source.empty() || batch->source == source);
}

bool Stepping::lets(const NodeId& source) const {
    if (!armed()) return false;
    const std::lock_guard lock(m_mutex);
    // A batch that was read before is the next one.
    return isFor(source) && !m_taken && !m_held.contains(source);
}

void Stepping::took(const NodeId& source, std::uint64_t piece) {
    if (!lets(source)) return;
    const std::lock_guard lock(m_mutex);
    if (m_taken) return;
    m_taken.emplace(source, piece);
    m_given = false;
}

bool Stepping::isTaken(const NodeId& source, std::uint64_t piece) const {
    if (!armed()) return false;
    const std::lock_guard lock(m_mutex);
    return m_taken && m_taken->first == source && m_taken->second == piece;
}

bool Stepping::mayGive(const NodeId& source, std::uint64_t piece) {
    const std::lock_guard lock(m_mutex);
    if (!isFor(source)) return false;
    if (!m_taken) {
        m_taken.emplace(source, piece);
        m_given = false;
    }
    const bool first = m_taken->first == source && m_taken->second == piece && !m_given;
    m_given = m_given || first;
    return first;
}

std::optional<Halt> Stepping::gave(const NodeId& source, std::uint64_t piece, std::uint64_t rows, bool more) {
    const std::lock_guard lock(m_mutex);
    if (more) m_held[source] = piece;
    if (!m_step || !m_taken || m_taken->first != source || m_taken->second != piece) return std::nullopt;
    Halt halt;
    halt.why = Halt::Why::Batch;
    halt.node = source;
    halt.rows = rows;
    return halt;
}

void Stepping::endPiece(const NodeId& source, std::uint64_t piece) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_held.find(source);
    if (found != m_held.end() && found->second == piece) m_held.erase(found);
}

bool Stepping::holdsPieces() const {
    const std::lock_guard lock(m_mutex);
    return !m_held.empty();
}

std::optional<Halt> Stepping::ended(const NodeId& source) {
    const std::lock_guard lock(m_mutex);
    const auto* const batch = m_step ? std::get_if<OneBatch>(&*m_step) : nullptr;
    if (!batch || batch->source != source) return std::nullopt;
    Halt halt;
    halt.why = Halt::Why::SourceEnded;
    halt.node = source;
    return halt;
}

void Stepping::countHit(const Point& point) {
    const std::lock_guard lock(m_mutex);
    if (!point.ofStep && point.index < m_breakpoints.size() && m_breakpoints[point.index] == point.about)
        ++m_state.breakpoints[point.index].hits;
}

void Stepping::failedAt(const Point& point, const Text& why) {
    const std::lock_guard lock(m_mutex);
    if (point.ofStep || point.index >= m_breakpoints.size() || !(m_breakpoints[point.index] == point.about))
        return;
    Text& trouble = m_state.breakpoints[point.index].trouble;
    if (trouble.empty())
        trouble = RW_TEXT("stepping", "For some rows the condition has no value: %1").with(why);
}

std::vector<Halt> Stepping::emitted(const NodeId& node, int port, PortRole role, const Batch& batch) {
    const std::shared_ptr<const Asked> now = asked();
    std::vector<Halt> halts;
    for (const Point& point : now->points) {
        if (point.about.node != node || point.port != port || point.about.on == Breakpoint::On::Rejected)
            continue;
        std::vector<std::uint32_t> rows;
        if (point.condition) {
            sql::RowErrors errors;
            sql::filterRows(*point.condition, batch, now->eval, rows, errors);
            if (!errors.empty()) failedAt(point, errors.front().reason);
            if (rows.empty()) continue;
        }
        countHit(point);
        Halt halt;
        halt.why = Halt::Why::Breakpoint;
        halt.node = node;
        halt.rows = point.condition ? rows.size() : batch.rows;
        halt.row = shortened(rowText(batch, point.condition ? rows.front() : 0));
        halt.watermark = batch.watermark;
        halt.breakpoint = point.about;
        halt.ofStep = point.ofStep;
        halts.push_back(std::move(halt));
    }
    const auto* const firing = now->step ? std::get_if<NextFiring>(&*now->step) : nullptr;
    if (firing && firing->node == node && !now->watch && role == PortRole::Rows) {
        Halt halt;
        halt.why = Halt::Why::Fired;
        halt.node = node;
        halt.rows = batch.rows;
        halt.watermark = batch.watermark;
        halts.push_back(std::move(halt));
    }
    return halts;
}

std::vector<Halt> Stepping::rejected(const NodeId& node, const std::string& row, const Text& reason) {
    const std::shared_ptr<const Asked> now = asked();
    std::vector<Halt> halts;
    for (const Point& point : now->points) {
        if (point.about.node != node || point.about.on != Breakpoint::On::Rejected) continue;
        countHit(point);
        Halt halt;
        halt.why = Halt::Why::Breakpoint;
        halt.node = node;
        halt.rows = 1;
        halt.row = shortened(row);
        halt.reason = reason;
        halt.breakpoint = point.about;
        halt.ofStep = point.ofStep;
        halts.push_back(std::move(halt));
    }
    return halts;
}

std::optional<Halt> Stepping::called(const NodeId& node) {
    const std::shared_ptr<const Asked> now = asked();
    const auto* const firing = now->step ? std::get_if<NextFiring>(&*now->step) : nullptr;
    if (!firing || !now->watch) return std::nullopt;
    const auto seen = now->seen.find(node);
    if (seen == now->seen.end()) return std::nullopt;
    const std::vector<WindowEvent> events = now->watch->since(node, seen->second);
    const auto shown = std::find_if(events.begin(), events.end(), isShown);
    if (shown == events.end()) return std::nullopt;
    Halt halt;
    halt.why = Halt::Why::Fired;
    halt.node = node;
    halt.rows = shown->results;
    halt.windowStart = shown->window.start;
    halt.windowEnd = shown->window.end;
    halt.key = shown->key;
    halt.watermark = shown->watermark;
    return halt;
}

std::optional<Halt> Stepping::watermarkRose(const NodeId& node, Instant watermark) {
    const std::lock_guard lock(m_mutex);
    const auto* const time = m_step ? std::get_if<EventTime>(&*m_step) : nullptr;
    if (!time || (!time->node.empty() && time->node != node)) return std::nullopt;
    if (time->node.empty()) {
        const auto found = m_reached.find(node);
        if (found == m_reached.end()) return std::nullopt;
        found->second = std::max(found->second, watermark);
        for (const auto& [stamper, reached] : m_reached) watermark = std::min(watermark, reached);
    }
    if (watermark < time->at) return std::nullopt;
    Halt halt;
    halt.why = Halt::Why::EventTime;
    halt.node = node;
    halt.watermark = watermark;
    return halt;
}

}  // namespace rw

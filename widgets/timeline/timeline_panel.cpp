#include "widgets/timeline/timeline_panel.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/charts/drawing/ticks.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/close_window.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/timeline/judging_nodes.h"
#include "widgets/timeline/replay_strip.h"
#include "widgets/timeline/timeline_words.h"

namespace rw::ui {

namespace {

constexpr PaneFacts kTimelineFacts{
    .id = "timeline", .icon = "timeline", .shortcut = "", .place = 12, .height = 448};
constexpr int kFramesBetweenLooks = 5;  // of RunSession::updated: four a second
constexpr int kWindowsAcross = 5;       // of the longest that the span shows at first …
constexpr int kBarsAcross = 40;         // … but no more than so many of the shortest
constexpr Millis kGapsOfSession = 4;    // about as long as a session is
constexpr Millis kShortestSpan = 1'000;
constexpr int kNarrow = 900;         // pixels, below which Disorder lies over the lanes
constexpr double kRoomAhead = 0.02;  // of the span, behind the newest row

/// Nodes that make windows have a choice of them; what is in a subflow is not known here.
bool hasWindows(const PipelineDocument& document) {
    const auto makesWindows = [&document](const Node& node) {
        const NodeKind* const kind = document.catalogue().of(node);
        if (kind == nullptr) return false;
        const ParamSpec* const window = kind->param("window");
        return kind->subflow == SubflowRole::Whole ||
               (window != nullptr && window->kind == ParamKind::Choice);
    };
    const std::vector<Node>& nodes = document.pipeline().nodes;
    return std::any_of(nodes.begin(), nodes.end(), makesWindows);
}

bool judgesRows(const PipelineDocument& document) {
    return !judgingNodes(document.pipeline(), document.catalogue()).empty();
}

bool isTime(Instant at) {
    return at != kMinTimestamp && at != kMaxTimestamp;
}

Millis stepOf(const WindowLane& lane) {
    return lane.step > 0 ? lane.step : lane.size;
}

Millis lengthOf(const WindowLane& lane) {
    return lane.kind == WindowKind::Session ? kGapsOfSession * lane.gap : lane.size;
}

}  // namespace

TimelinePanel::TimelinePanel(const PaneParts& parts)
    : Pane(kTimelineFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_tools(new QWidget(this)),
      m_legend(new TimelineLegend(m_tools)),
      m_disorderButton(new QPushButton(m_tools)),
      m_shown(new QWidget(this)),
      m_disorder(new DisorderPanel(m_document, m_session, m_shown)),
      m_empty(new EmptyState(this)) {
    m_disorderButton->setProperty("controlSize", "small");
    m_disorderButton->setCheckable(true);
    auto* tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->addWidget(m_legend, 1);
    tools->addWidget(m_disorderButton);
    auto* lanes = new QWidget(m_shown);
    m_view = new TimelineView(m_model, lanes);
    m_axis = new TimelineAxis(m_model, *m_view, lanes);
    m_words = new ElidedLabel({}, lanes);
    m_words->setElideMode(Qt::ElideRight);
    m_words->setProperty("role", "caption");
    m_words->setContentsMargins(metrics::kListPadding, metrics::kStep, metrics::kListPadding, metrics::kStep);
    auto* column = new QVBoxLayout(lanes);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_axis);
    column->addWidget(m_view, 1);
    column->addWidget(m_words);
    m_replay = new ReplayStrip(m_session, lanes);
    column->addWidget(m_replay);
    m_beside = new QHBoxLayout(m_shown);
    m_beside->setContentsMargins(0, 0, 0, 0);
    m_beside->setSpacing(0);
    m_beside->addWidget(lanes, 1);
    m_pages = new QStackedLayout(this);
    m_pages->addWidget(m_shown);
    m_pages->addWidget(m_empty);
    connect(&m_session, &RunSession::runReplaced, this, &TimelinePanel::onNewRun);
    connect(&m_session, &RunSession::updated, this, &TimelinePanel::onRun);
    connect(&m_session, &RunSession::stateChanged, this, [this] {
        if (isOn()) look();
    });
    connect(&m_session, &RunSession::tapeChanged, this, [this] {
        if (isOn()) m_replay->look();
    });
    connect(&m_document.selection(), &Selection::changed, this, [this] {
        if (!isOn() || m_leads) return;
        m_turns = true;
        look();
    });
    connect(&m_document, &PipelineDocument::changed, this, [this] {
        if (!isOn()) return;
        showRightPage();
        lookAtDisorder();
    });
    connect(&m_session.alerts(), &AlertFeed::momentAsked, this, &TimelinePanel::showMoment);
    connect(m_disorderButton, &QPushButton::toggled, this, &TimelinePanel::openDisorder);
    connect(m_disorder, &DisorderPanel::sourceChosen, this, &TimelinePanel::lookAtDisorder);
    connect(&Theme::of(this), &Theme::changed, this, &TimelinePanel::placeDisorder);
    connect(m_view, &TimelineView::windowChosen, this, &TimelinePanel::showChosen);
    connect(m_view, &TimelineView::nodeActivated, this, &TimelinePanel::reveal);
    connect(m_view, &TimelineView::menuRequested, this, &TimelinePanel::showMenu);
    connect(m_view, &TimelineView::moved, this, [this](std::optional<Instant> from) {
        m_from = from;
        m_turns = false;
        placeSpan(m_model.lines());
        m_model.setSpan(m_span);
    });
    placeDisorder();
    retranslate();
}

TimelinePanel::~TimelinePanel() = default;

QString TimelinePanel::title() const {
    return tr("Ti&meline");
}

void TimelinePanel::onActivated() {
    m_turns = true;
    look();
}

void TimelinePanel::onDeactivated() {
    m_counting.reset();
}

void TimelinePanel::onRun() {
    if (!isOn() || (m_session.isActive() && ++m_frames % kFramesBetweenLooks != 0)) return;
    look();
}

void TimelinePanel::onNewRun() {
    m_counting.reset();
    m_watch.reset();
    m_disorder->startOver();
    m_lanes.clear();
    m_marks.clear();
    m_from.reset();
    m_turns = true;
    m_span = {};
    m_newest = kMinTimestamp;
    m_model.choose(std::nullopt);
    if (isOn()) look();
}

void TimelinePanel::look() {
    takeEvents();
    std::vector<TimelineLine> lines;
    std::vector<HeldLane> held;
    for (const auto& [node, lane] : m_lanes) lines.push_back(lineOf(lane, held));
    // As their cards lie on the canvas.
    const auto& nodes = m_session.runningPipeline().nodes;
    const auto placeOf = [&nodes](const TimelineLine& line) {
        const NodeId node = outermost(line.lane.node);
        const auto found =
            std::find_if(nodes.begin(), nodes.end(), [&node](const Node& each) { return each.id == node; });
        return found != nodes.end() ? std::pair(found->at.y, found->at.x) : std::pair(0.0, 0.0);
    };
    std::stable_sort(lines.begin(), lines.end(), [&placeOf](const TimelineLine& a, const TimelineLine& b) {
        return placeOf(a) < placeOf(b);
    });
    const RunMetrics& metrics = m_session.snapshot().metrics;
    std::vector<WatermarkRow> marks;
    const bool judged = !lines.empty() || !judging().empty();
    if (judged && m_session.shownRun().has(RunAbility::Watermarks))
        marks = m_marks.rowsOf(m_session.runningPipeline(), m_document.catalogue(), metrics, held);
    for (const WatermarkRow& mark : marks) {
        if (isTime(mark.newest)) m_newest = std::max(m_newest, mark.newest);
        if (isTime(mark.watermark)) m_newest = std::max(m_newest, mark.watermark);
    }
    if (!marks.empty()) {
        lines.emplace_back().kind = TimelineLine::Kind::Heading;
        for (WatermarkRow& mark : marks) {
            TimelineLine& line = lines.emplace_back();
            line.kind = TimelineLine::Kind::Watermark;
            line.mark = std::move(mark);
        }
    }
    placeSpan(lines);
    const bool turned = m_turns && turnToSelected(lines);
    std::optional<Instant> waitsAt;
    for (const HeldLane& lane : held) {
        if (isTime(lane.hold.watermark))
            waitsAt = std::min(waitsAt.value_or(kMaxTimestamp), lane.hold.watermark);
    }
    m_model.setZone(zoneOf(m_session.runningPipeline().settings.timeZone));
    m_model.set(std::move(lines), m_span, m_newest, waitsAt);
    if (turned) {
        m_view->setCurrentIndex(m_model.index(rowOf(m_document.selection().single()->id)));
    } else if (!m_view->currentIndex().isValid() && m_model.rowCount() > 0) {
        m_view->setCurrentIndex(m_model.index(0));
    }
    m_replay->look();
    showRightPage();
    showChosen();
    lookAtDisorder();
}

/// Rows are counted only while Disorder is in sight.
void TimelinePanel::lookAtDisorder() {
    const bool inSight = isOn() && m_pages->currentIndex() == 0 && !m_disorder->isHidden();
    if (!inSight || !m_watch) m_counting.reset();
    if (!inSight) return;
    if (m_watch && !m_counting) m_counting = std::make_unique<DisorderWatch>(m_watch->disorder());
    m_disorder->look(m_counting.get(), m_model.lines());
}

bool TimelinePanel::isNarrow() const {
    return width() < Theme::of(this).scaled(kNarrow);
}

/// Beside the lanes, or over their right end while it is asked for.
void TimelinePanel::placeDisorder() {
    const bool narrow = isNarrow();
    m_disorderButton->setVisible(narrow);
    const int wide = Theme::of(this).scaled(DisorderPanel::kWidth);
    m_disorder->setFixedWidth(std::min(wide, std::max(width(), 1)));
    if (narrow) {
        m_beside->removeWidget(m_disorder);
        m_disorder->setGeometry(width() - m_disorder->width(), 0, m_disorder->width(), height());
        m_disorder->raise();
    } else if (m_beside->indexOf(m_disorder) < 0) {
        m_beside->addWidget(m_disorder);
    }
    m_disorder->setVisible(!narrow || m_disorderButton->isChecked());
}

void TimelinePanel::openDisorder(bool open) {
    placeDisorder();
    lookAtDisorder();
    if (!isNarrow()) return;
    if (open) {
        m_disorder->setFocus();
    } else {
        m_view->setFocus();
    }
}

void TimelinePanel::resizeEvent(QResizeEvent* event) {
    Pane::resizeEvent(event);
    const bool before = m_disorder->isHidden();
    placeDisorder();
    if (m_disorder->isHidden() != before) lookAtDisorder();
}

/// Of the lanes and of Disorder, which leave these keys.
void TimelinePanel::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_BracketLeft:
            return m_disorder->step(-1);
        case Qt::Key_BracketRight:
            return m_disorder->step(1);
        case Qt::Key_Escape:
            if (isNarrow() && m_disorderButton->isChecked()) return m_disorderButton->setChecked(false);
            break;
        default:
            break;
    }
    Pane::keyPressEvent(event);
}

void TimelinePanel::takeEvents() {
    if (!m_watch) m_watch = m_session.watchWindows();
    if (!m_watch) return;
    for (WindowLane& lane : m_watch->lanes()) {
        const NodeId node = lane.node;
        LaneWindows& windows = m_lanes.try_emplace(node, std::move(lane)).first->second;
        windows.take(m_watch->since(node, windows.newest()));
    }
}

/// A window waits that would have closed, were it not for the input that is behind the others.
TimelineLine TimelinePanel::lineOf(const LaneWindows& lane, std::vector<HeldLane>& held) const {
    TimelineLine line;
    line.lane = lane.lane();
    const NodeId& node = line.lane.node;
    const NodeId outer = outermost(node);
    line.title = titleOf(m_session.runningPipeline(), outer);
    if (outer != node)
        line.title += QStringLiteral(" / ") + QString::fromStdString(node.substr(outer.size() + 1));
    line.about = TimelineWords::windowsOf(line.lane);
    line.late = lane.late();
    const RunMetrics& metrics = m_session.snapshot().metrics;
    const auto found = metrics.nodes.find(node);
    if (found != metrics.nodes.end()) line.watermark = found->second.watermark;
    const std::optional<WatermarkHold> hold = m_session.watermarkHold(outer);
    Instant ahead = line.watermark;
    if (hold && hold->behind > 0) ahead = saturatingAdd(hold->watermark, hold->behind);
    line.strips = lane.strips(line.watermark, ahead);
    if (line.lane.kind == WindowKind::Session) {
        const std::uint64_t keys = found != metrics.nodes.end() ? found->second.stateKeys : 0;
        line.otherKeys = std::max<std::uint64_t>(keys, lane.keys());
        line.otherKeys -= std::min<std::uint64_t>(line.otherKeys, line.strips.size());
    }
    const bool waits = std::any_of(line.strips.begin(), line.strips.end(), [](const LaneStrip& strip) {
        return std::any_of(strip.windows.begin(), strip.windows.end(),
                           [](const LaneWindow& window) { return window.state == LaneWindow::State::Waits; });
    });
    if (waits && hold) {
        line.why = translated(holdText(*hold));
        held.push_back({line.title, *hold});
    }
    return line;
}

/// Shows the newest rows, or begins where a person has moved to.
void TimelinePanel::placeSpan(const std::vector<TimelineLine>& lines) {
    Millis longest = 0, shortest = kMaxTimestamp, ofSessions = 0;
    Instant last = m_newest, ofWindows = kMinTimestamp;
    for (const TimelineLine& line : lines) {
        if (line.kind != TimelineLine::Kind::Lane) continue;
        // Sessions have no length of their own: where there are other windows, these say how much is shown.
        const bool sessions = line.lane.kind == WindowKind::Session;
        (sessions ? ofSessions : longest) = std::max(sessions ? ofSessions : longest, lengthOf(line.lane));
        if (!sessions && stepOf(line.lane) > 0) shortest = std::min(shortest, stepOf(line.lane));
        for (const LaneStrip& strip : line.strips) {
            for (const LaneWindow& window : strip.windows) {
                ofWindows = std::max(ofWindows, window.window.end);
                if (window.hasFired()) last = std::max(last, window.window.end);
            }
        }
    }
    if (!isTime(last)) return;
    if (longest == 0) longest = ofSessions;
    Millis length = std::max(kShortestSpan, longest > 0 ? kWindowsAcross * longest : m_span.length());
    if (shortest != kMaxTimestamp) length = std::min(length, std::max(kShortestSpan, kBarsAcross * shortest));
    // A source of which no window has rows may be hours ahead.
    if (isTime(ofWindows) && saturatingAdd(last, -length) > ofWindows) last = ofWindows;
    const Instant to = saturatingAdd(last, static_cast<Millis>(kRoomAhead * static_cast<double>(length)));
    if (m_from && *m_from >= to - length) m_from.reset();  // it is where the newest rows are
    const Instant from = m_from.value_or(to - length);
    m_span = {from, from + length};
}

/// The first lane of the node, or of what is in that subflow.
int TimelinePanel::rowOf(const NodeId& node) const {
    const std::vector<TimelineLine>& lines = m_model.lines();
    const auto found = std::find_if(lines.begin(), lines.end(), [&node](const TimelineLine& line) {
        return line.kind == TimelineLine::Kind::Lane && outermost(line.lane.node) == node;
    });
    return found == lines.end() ? -1 : static_cast<int>(found - lines.begin());
}

/// Its newest windows may lie long before the newest rows of all. False: it has none, which may come later.
bool TimelinePanel::turnToSelected(const std::vector<TimelineLine>& lines) {
    const Node* const selected = m_document.selection().single();
    Instant last = kMinTimestamp;
    for (const TimelineLine& line : lines) {
        if (line.kind != TimelineLine::Kind::Lane || selected == nullptr) continue;
        if (outermost(line.lane.node) != selected->id) continue;
        for (const LaneStrip& strip : line.strips) {
            for (const LaneWindow& window : strip.windows) last = std::max(last, window.window.end);
        }
    }
    if (!isTime(last) || m_span.length() == 0) return false;
    m_turns = false;
    if (last > m_span.from && last <= m_span.to) return true;
    const auto ahead = static_cast<Millis>(kRoomAhead * static_cast<double>(m_span.length()));
    m_from = saturatingAdd(last, ahead) - m_span.length();
    placeSpan(lines);
    return true;
}

void TimelinePanel::showMoment(Instant moment) {
    Q_EMIT openRequested();
    if (!isOn()) return;
    look();
    m_turns = false;
    if (m_span.length() == 0) return;
    m_from = saturatingAdd(moment, -m_span.length() / 2);
    placeSpan(m_model.lines());
    m_model.setSpan(m_span);
}

void TimelinePanel::showRightPage() {
    if (!isOn()) return;
    const ShownRun run = m_session.shownRun();
    const QString why = run.lacks(RunAbility::Windows);
    const bool empty = m_model.rowCount() == 0 || !why.isEmpty();
    if (run.isElsewhere()) {
        m_empty->set(QStringLiteral("timeline"), why,
                     tr("Run the pipeline here to see when they open and close."));
    } else if (!why.isEmpty() && (hasWindows(m_document) || judgesRows(m_document))) {
        m_empty->set(QStringLiteral("timeline"), why,
                     tr("Then windows are shown on an axis of event time, with what each waits for."));
    } else {
        m_empty->set(QStringLiteral("timeline"), tr("No windowed node yet"),
                     tr("A window aggregate or a window join has a lane here while it runs. Of other nodes "
                        "that rows can be too late for, the watermarks are here."));
    }
    m_disorderButton->setEnabled(!empty);
    turnTo(*m_pages, empty ? 1 : 0, empty ? static_cast<QWidget*>(m_empty) : m_view);
}

void TimelinePanel::showChosen() {
    const LaneWindow* window = m_model.chosenWindow();
    QString words;
    if (window != nullptr) words = TimelineWords::lineOf(*window, m_model.chosen()->key, m_model.zone());
    const std::vector<NodeId> nodes = m_lanes.empty() ? judging() : std::vector<NodeId>();
    if (!nodes.empty())
        words = tr("“%1” has no windows: it judges each row by these watermarks.")
                    .arg(titleOf(m_session.runningPipeline(), nodes.front()));
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
}

void TimelinePanel::showMenu(const NodeId& node, const Window& window, QPoint at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString why = m_session.whyNotAsked(outermost(node));
    QAction* const close = menu->addAction(closeWords());
    close->setEnabled(why.isEmpty());
    close->setToolTip(why);
    menu->setToolTipsVisible(!why.isEmpty());
    connect(close, &QAction::triggered, this,
            [this, node, window] { askToClose(m_document, m_session, node, window, this->window()); });
    menu->popup(at);
}

/// Of the run, those that rows can be too late for.
std::vector<NodeId> TimelinePanel::judging() const {
    return judgingNodes(m_session.runningPipeline(), m_document.catalogue());
}

/// The node, or the subflow that it is in, if it is there still.
void TimelinePanel::reveal(const NodeId& node) {
    const NodeId outer = outermost(node);
    if (m_document.node(outer) == nullptr) return;
    m_leads = true;
    m_document.selection().reveal(outer);
    m_leads = false;
}

void TimelinePanel::retranslate() {
    m_view->setAccessibleName(tr("Windows and watermarks on the axis of event time"));
    m_legend->setAccessibleName(tr("Legend"));
    m_disorderButton->setText(tr("Disorder"));
    m_disorder->retranslate();
    m_legend->updateGeometry();
    m_legend->update();
    m_axis->update();
    if (isOn()) look();
}

}  // namespace rw::ui

#include "widgets/session/alert_feed.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "core/base/time.h"

namespace rw::ui {

namespace {

constexpr Millis kLongestSleep = 3'600'000;  // a timer counts in 32 bits

constexpr int kEntriesAMilli = 20;  // that are copied with little effort

bool isSeen(AlertSign sign) {
    return sign != AlertSign::Alert && sign != AlertSign::NoData;
}

}  // namespace

AlertFeed::AlertFeed(QObject* parent) : QObject(parent), m_home(this) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kLookMillis);
    m_silenceEnds.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &AlertFeed::take);
    connect(&m_silenceEnds, &QTimer::timeout, this, &AlertFeed::take);
}

AlertFeed::~AlertFeed() {
    if (m_board) m_board->onChange({});
}

void AlertFeed::show(std::shared_ptr<AlertBoard> board) {
    if (board == m_board) return;
    if (m_board) m_board->onChange({});
    m_board = std::move(board);
    m_look = {};
    m_silences = {};
    ++m_shown;
    if (!m_board) {
        count();
        return Q_EMIT changed();
    }
    // Many changes in a short time are one message.
    auto told = std::make_shared<std::atomic<bool>>(false);
    m_board->onChange([this, home = m_home, told, shown = m_shown] {
        if (told->exchange(true)) return;
        home.send([this, told, shown] {
            *told = false;
            if (shown == m_shown && !m_soon.isActive()) m_soon.start();
        });
    });
    take();
}

void AlertFeed::take() {
    if (!m_board) return;
    m_look = m_board->look();
    m_silences.setAll(m_look.silences);
    setPace();
    count();
    // Nothing else happens when one is over.
    Instant ends = kMaxTimestamp;
    for (const AlertBoard::Silence& each : m_look.silences) ends = std::min(ends, each.until);
    m_silenceEnds.stop();
    if (ends != kMaxTimestamp) {
        const Millis left = ends - systemClock()->now() + 1;
        m_silenceEnds.start(static_cast<int>(std::clamp<Millis>(left, kLookMillis, kLongestSleep)));
    }
    Q_EMIT changed();
    heed();
}

void AlertFeed::setWatched(bool watched) {
    m_watched = watched;
    setPace();
}

// Thousands of alerts take a while to be copied.
void AlertFeed::setPace() {
    const int pace = std::max(m_watched ? kLookMillis : kUnwatchedMillis,
                              static_cast<int>(m_look.entries.size()) / kEntriesAMilli);
    if (pace != m_soon.interval()) m_soon.setInterval(pace);
}

void AlertFeed::count() {
    m_counts.clear();
    m_open = 0;
    for (const AlertBoard::Entry& entry : m_look.entries) {
        if (!entry.alert.ongoing() || entry.alert.kind == AlertKind::Test) continue;
        AlertCounts& counts = m_counts[outermost(entry.alert.node)];
        switch (signOf(entry)) {
            case AlertSign::Waiting:
                ++counts.waiting;
                break;
            case AlertSign::Alert:
                ++counts.open;
                ++m_open;
                break;
            case AlertSign::NoData:
                ++counts.noData;
                ++m_open;
                break;
            case AlertSign::Acknowledged:
                ++counts.acknowledged;
                break;
            case AlertSign::Silenced:
                ++counts.silenced;
                break;
            default:
                break;
        }
    }
}

void AlertFeed::heed() {
    if (!m_board) return;  // a receiver of changed() may have shown another
    if (m_heardOf.lock() != m_board) m_heard.clear();
    m_heardOf = m_board;
    std::set<std::uint64_t> there;
    std::vector<AlertBoard::Entry> come;
    for (const AlertBoard::Entry& entry : m_look.entries) {
        there.insert(entry.number);
        if (!isSeen(signOf(entry)) && m_heard.insert(entry.number).second) come.push_back(entry);
    }
    std::erase_if(m_heard, [&there](std::uint64_t number) { return !there.contains(number); });
    const std::uint64_t wanted = m_board->takeAsked();
    if (!come.empty()) Q_EMIT raised(come);
    if (wanted != 0) Q_EMIT asked(wanted);
}

AlertCounts AlertFeed::countsOf(const NodeId& node) const {
    const auto found = m_counts.find(node);
    return found != m_counts.end() ? found->second : AlertCounts();
}

const AlertBoard::RuleState* AlertFeed::ruleOf(const NodeId& node) const {
    const auto found = std::find_if(m_look.rules.begin(), m_look.rules.end(),
                                    [&node](const auto& each) { return each.rule.node == node; });
    return found != m_look.rules.end() ? &*found : nullptr;
}

const AlertBoard::Silence* AlertFeed::silenceOf(const Alert& alert) const {
    return m_silences.find(alert.node, alert.key, kMinTimestamp);
}

AlertSign AlertFeed::signOf(const AlertBoard::Entry& entry) const {
    const Alert& alert = entry.alert;
    if (alert.kind == AlertKind::Test) return AlertSign::Test;
    const bool quiet = alert.kind == AlertKind::NoData;
    switch (alert.stage) {
        case AlertStage::Waiting:
            return AlertSign::Waiting;
        case AlertStage::Cleared:
            return quiet ? AlertSign::DataAgain : AlertSign::Cleared;
        case AlertStage::Spared:
            return AlertSign::Spared;
        case AlertStage::Open:
            break;
    }
    if (entry.acknowledged) return AlertSign::Acknowledged;
    if (silenceOf(alert) != nullptr) return AlertSign::Silenced;
    return quiet ? AlertSign::NoData : AlertSign::Alert;
}

void AlertFeed::acknowledge(const std::vector<std::uint64_t>& entries) {
    if (!m_board) return;
    m_board->acknowledgeAll(entries);
    take();
}

void AlertFeed::silence(const NodeId& node, std::vector<AlertKeyPart> key, Instant until) {
    silenceAll({{node, std::move(key), until}});
}

void AlertFeed::silenceAll(std::vector<AlertBoard::Silence> silences) {
    if (!m_board) return;
    m_board->silenceAll(std::move(silences));
    take();
}

bool AlertFeed::sendTest(const NodeId& node) {
    if (!m_board) return false;
    const bool sent = m_board->sendTest(node);
    take();
    return sent;
}

}  // namespace rw::ui

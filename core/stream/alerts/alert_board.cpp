#include "core/stream/alerts/alert_board.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace rw {

AlertBoard::AlertBoard(std::shared_ptr<Clock> clock) : m_clock(std::move(clock)) {}

std::uint64_t AlertBoard::version() const {
    const std::lock_guard hold(m_mutex);
    return m_version;
}

AlertBoard::Look AlertBoard::look() const {
    const Instant now = m_clock->now();
    const std::lock_guard hold(m_mutex);
    Look look;
    look.version = m_version;
    look.rules = m_rules;
    look.left = m_left.size();
    look.silences = m_silences.holding(now);
    look.entries.reserve(m_ongoing.size() + m_ended.size());
    for (const auto& [id, entry] : m_ongoing) look.entries.push_back(entry);
    look.entries.insert(look.entries.end(), m_ended.begin(), m_ended.end());
    std::sort(look.entries.begin(), look.entries.end(),
              [](const Entry& a, const Entry& b) { return a.number > b.number; });
    return look;
}

std::size_t AlertBoard::open() const {
    const Instant now = m_clock->now();
    const std::lock_guard hold(m_mutex);
    return static_cast<std::size_t>(std::count_if(m_ongoing.begin(), m_ongoing.end(), [&](const auto& each) {
        const Entry& entry = each.second;
        return entry.alert.stage == AlertStage::Open && !entry.acknowledged && !isSilenced(entry.alert, now);
    }));
}

bool AlertBoard::isSilenced(const Alert& alert, Instant now) const {
    return alert.kind != AlertKind::Test && m_silences.find(alert.node, alert.key, now) != nullptr;
}

const AlertBoard::RuleState* AlertBoard::ruleOf(const NodeId& node) const {
    for (const RuleState& state : m_rules) {
        if (state.rule.node == node) return &state;
    }
    return nullptr;
}

AlertBoard::RuleState* AlertBoard::ruleOf(const NodeId& node) {
    return const_cast<RuleState*>(std::as_const(*this).ruleOf(node));
}

Instant AlertBoard::judgedOf(const NodeId& node) const {
    const std::lock_guard hold(m_mutex);
    const RuleState* const state = ruleOf(node);
    return state != nullptr ? state->judged : kMinTimestamp;
}

void AlertBoard::settle(Work work) {
    // Carriers and listeners may call the board.
    if (work.carrier) {
        for (AlertLetter& letter : work.letters) work.carrier->carry(std::move(letter));
    }
    if (work.onChange) work.onChange();
}

AlertBoard::Work AlertBoard::changed() {
    ++m_version;
    Work work;
    work.carrier = m_carrier;
    work.onChange = m_onChange;
    return work;
}

bool AlertBoard::acknowledge(std::uint64_t number) {
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        Entry* const entry = entryOf(number);
        if (entry == nullptr) return false;
        acknowledge(*entry);
        work = changed();
    }
    settle(std::move(work));
    return true;
}

void AlertBoard::acknowledgeAll(std::vector<std::uint64_t> numbers) {
    std::sort(numbers.begin(), numbers.end());
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        const auto take = [&](Entry& entry) {
            if (std::binary_search(numbers.begin(), numbers.end(), entry.number)) acknowledge(entry);
        };
        for (auto& [id, entry] : m_ongoing) take(entry);
        for (Entry& entry : m_ended) take(entry);
        work = changed();
    }
    settle(std::move(work));
}

void AlertBoard::acknowledge(Entry& entry) {
    entry.acknowledged = true;
    forgetSilenced(entry);
    if (entry.alert.ongoing()) m_acknowledged.insert(entry.id);
}

AlertBoard::Entry* AlertBoard::entryOf(std::uint64_t number) {
    for (auto& [id, entry] : m_ongoing) {
        if (entry.number == number) return &entry;
    }
    for (Entry& entry : m_ended) {
        if (entry.number == number) return &entry;
    }
    return nullptr;
}

AlertBoard::Entry* AlertBoard::entryOf(const std::string& alertId) {
    if (const auto found = m_ongoing.find(alertId); found != m_ongoing.end()) return &found->second;
    const auto found = std::find_if(m_ended.rbegin(), m_ended.rend(),
                                    [&](const Entry& entry) { return entry.id == alertId; });
    return found == m_ended.rend() ? nullptr : &*found;
}

void AlertBoard::silence(const NodeId& node, std::vector<AlertKeyPart> key, Instant until) {
    silenceAll({{node, std::move(key), until}});
}

void AlertBoard::silenceAll(std::vector<Silence> silences) {
    const Instant now = m_clock->now();
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        for (Silence& each : silences) m_silences.set(std::move(each), now);
        work = changed();
        tellUnsilenced(now, work);
    }
    settle(std::move(work));
}

void AlertBoard::tellUnsilenced(Instant now, Work& work) {
    for (auto& [id, entry] : m_ongoing) {
        const bool silenced = std::any_of(
            entry.deliveries.begin(), entry.deliveries.end(),
            [](const AlertDelivery& delivery) { return delivery.state == AlertDelivery::State::Silenced; });
        if (!silenced || entry.acknowledged || isSilenced(entry.alert, now)) continue;
        for (AlertDelivery& delivery : entry.deliveries) {
            if (delivery.state != AlertDelivery::State::Silenced) continue;
            delivery.state = AlertDelivery::State::Waiting;
            write(entry.alert, delivery, work);
        }
        forgetSilenced(entry);
    }
}

void AlertBoard::forgetSilenced(const Entry& entry) {
    const auto first = m_silenced.lower_bound({entry.id, {}});
    auto last = first;
    while (last != m_silenced.end() && last->first.first == entry.id) ++last;
    m_silenced.erase(first, last);
}

void AlertBoard::putEnded(Entry entry) {
    m_ended.push_back(std::move(entry));
    if (m_ended.size() <= kEnded) return;
    const Alert& oldest = m_ended.front().alert;
    RuleState* const state = oldest.kind != AlertKind::Test ? ruleOf(oldest.node) : nullptr;
    if (state != nullptr) state->forgotten = std::max(state->forgotten, oldest.ended);
    m_ended.pop_front();
}

void AlertBoard::onChange(std::function<void()> call) {
    const std::lock_guard hold(m_mutex);
    m_onChange = std::move(call);
}

std::uint64_t AlertBoard::takeAsked() {
    const std::lock_guard hold(m_mutex);
    return std::exchange(m_asked, 0);
}

void AlertBoard::setCarrier(std::shared_ptr<AlertCarrier> carrier) {
    const std::lock_guard hold(m_mutex);
    m_carrier = std::move(carrier);
}

void AlertBoard::finish(Millis within) {
    std::shared_ptr<AlertCarrier> carrier;
    {
        const std::lock_guard hold(m_mutex);
        carrier = std::exchange(m_carrier, nullptr);
    }
    if (carrier) carrier->finish(within);
}

std::vector<AlertBoard::Silence> AlertBoard::silences() const {
    const Instant now = m_clock->now();
    const std::lock_guard hold(m_mutex);
    return m_silences.holding(now);
}

void AlertBoard::setSilences(std::vector<Silence> silences) {
    const std::lock_guard hold(m_mutex);
    m_silences.setAll(std::move(silences));
}

void AlertBoard::begin(AlertRule rule) {
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        const NodeId node = rule.node;
        std::erase_if(m_before, [&node](const auto& each) { return each.second.alert.node == node; });
        for (auto each = m_ongoing.begin(); each != m_ongoing.end();) {
            const auto next = std::next(each);
            if (each->second.alert.node == node) m_before.insert(m_ongoing.extract(each));
            each = next;
        }
        if (RuleState* const state = ruleOf(node)) {
            const auto place = static_cast<std::size_t>(state - m_rules.data());
            std::erase_if(m_left, [place](const auto& each) { return each.second.rule == place; });
            state->rule = std::move(rule);
            state->open = state->noData = state->waiting = 0;
            state->judged = kMinTimestamp;
        } else {
            m_rules.push_back({std::move(rule)});
        }
        work = changed();
    }
    settle(std::move(work));
}

void AlertBoard::put(const Alert& alert, Telling telling) {
    const Instant now = m_clock->now();
    const std::string id = alert.id();
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        RuleState* const state = ruleOf(alert.node);
        if (state == nullptr) return;
        work = changed();
        Entry entry = taken(alert, id, *state);
        entry.alert = alert;
        entry.id = id;
        const auto about =
            alert.stage == AlertStage::Cleared ? AlertDelivery::About::Ended : AlertDelivery::About::Raised;
        if (m_carrier && telling != Telling::Nothing) plan(entry, *state, about, telling, now, work);
        count(*state, alert.stage, alert.kind, +1);
        if (!alert.ongoing()) {
            if (alert.stage == AlertStage::Spared) ++state->spared;
            m_acknowledged.erase(id);
            forgetSilenced(entry);
            putEnded(std::move(entry));
        } else if (m_ongoing.size() < kOngoing || m_ongoing.contains(id)) {
            m_ongoing.insert_or_assign(id, std::move(entry));
        } else {
            const auto place = static_cast<std::size_t>(state - m_rules.data());
            m_left.insert_or_assign(leftName(id), Left{place, alert.stage, alert.kind});
        }
    }
    settle(std::move(work));
}

AlertBoard::LeftName AlertBoard::leftName(const std::string& id) {
    LeftName name{};
    constexpr std::size_t kHalf = 16;
    constexpr int kHex = 16;
    if (id.size() != 2 * kHalf) return name;
    std::from_chars(id.data(), id.data() + kHalf, name.first, kHex);
    std::from_chars(id.data() + kHalf, id.data() + 2 * kHalf, name.second, kHex);
    return name;
}

/// The entry of an alert as it was until now, taken off the board; a new one where there is none.
AlertBoard::Entry AlertBoard::taken(const Alert& alert, const std::string& id, RuleState& state) {
    Entry entry;
    AlertStage before = AlertStage::Cleared;
    if (const auto left = m_left.find(leftName(id)); left != m_left.end()) {
        count(state, left->second.stage, left->second.kind, -1);
        before = left->second.stage;
        m_left.erase(left);
    }
    if (const auto found = m_ongoing.find(id); found != m_ongoing.end()) {
        entry = std::move(found->second);
        m_ongoing.erase(found);
        count(state, entry.alert.stage, entry.alert.kind, -1);
        if (entry.alert.stage == AlertStage::Waiting && alert.stage != AlertStage::Waiting)
            entry.number = m_nextNumber++;
        if (entry.alert.stage != AlertStage::Open && alert.stage == AlertStage::Open) ++state.raised;
        return entry;
    }
    if (const auto found = m_before.find(id); found != m_before.end()) {
        entry = std::move(found->second);
        m_before.erase(found);
        return entry;
    }
    // A run that was restored comes to what it came to before.
    if (Entry* const ended = entryOf(id)) {
        entry = std::move(*ended);
        std::erase_if(m_ended, [&](const Entry& each) { return each.number == entry.number; });
        return entry;
    }
    entry.number = m_nextNumber++;
    entry.acknowledged = m_acknowledged.contains(id);
    if (alert.stage == AlertStage::Open && before != AlertStage::Open) ++state.raised;
    return entry;
}

void AlertBoard::count(RuleState& state, AlertStage stage, AlertKind kind, int by) {
    if (stage != AlertStage::Waiting && stage != AlertStage::Open) return;
    std::size_t& counted = stage == AlertStage::Waiting ? state.waiting
                           : kind == AlertKind::NoData  ? state.noData
                                                        : state.open;
    counted = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(counted) + by);
}

void AlertBoard::setJudged(const NodeId& node, Instant first, Instant upTo) {
    const std::lock_guard hold(m_mutex);
    RuleState* const state = ruleOf(node);
    if (state == nullptr) return;
    state->judged = upTo;
    // A run that goes on after a failure begins with a later row.
    if (state->first == kMinTimestamp) state->first = first;
}

void AlertBoard::tick() {
    const Instant now = m_clock->now();
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        if (!m_silences.dropOver(now)) return;
        work = changed();
        tellUnsilenced(now, work);
    }
    settle(std::move(work));
}

void AlertBoard::ask(const std::string& alertId) {
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        const Entry* const entry = entryOf(alertId);
        if (entry == nullptr) return;
        m_asked = entry->number;
        work = changed();
    }
    settle(std::move(work));
}

}  // namespace rw

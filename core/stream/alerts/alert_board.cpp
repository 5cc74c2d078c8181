#include "core/stream/alerts/alert_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace rw {

namespace {

std::string targetWord(const AlertTarget& target) {
    return fmt::format("{}:{}", static_cast<int>(target.kind), target.connection);
}

bool isFor(const AlertBoard::Silence& silence, const NodeId& node, const std::vector<AlertKeyPart>& key) {
    return silence.node == node && (silence.key.empty() || silence.key == key);
}

AlertDelivery* deliveryOf(std::vector<AlertDelivery>& deliveries, const AlertTarget& target,
                          AlertDelivery::About about) {
    for (AlertDelivery& delivery : deliveries) {
        if (delivery.target == target && delivery.about == about) return &delivery;
    }
    return nullptr;
}

/// A notification that something is over helps nobody who did not see it begin.
bool hears(const AlertTarget& target, AlertDelivery::About about) {
    if (target.kind == AlertTarget::Kind::Panel) return false;
    return about == AlertDelivery::About::Raised || target.kind != AlertTarget::Kind::Desktop;
}

}  // namespace

std::string AlertLetter::id() const {
    return hexDigest(fmt::format("{}/{}/{}", alert.id(), static_cast<int>(about), targetWord(target)));
}

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
    for (const Silence& silence : m_silences) {
        if (silence.until > now) look.silences.push_back(silence);
    }
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
    if (alert.kind == AlertKind::Test) return false;
    return std::any_of(m_silences.begin(), m_silences.end(), [&](const Silence& silence) {
        return silence.until > now && isFor(silence, alert.node, alert.key);
    });
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
        entry->acknowledged = true;
        forgetSilenced(*entry);
        m_acknowledged.insert(entry->id);
        work = changed();
    }
    settle(std::move(work));
    return true;
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
    const Instant now = m_clock->now();
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        std::erase_if(m_silences, [&](const Silence& silence) {
            return silence.until <= now || (silence.node == node && silence.key == key);
        });
        if (until > now) m_silences.push_back({node, std::move(key), until});
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
    std::erase_if(m_silenced, [&entry](const auto& each) { return each.second.alert.id() == entry.id; });
}

void AlertBoard::write(const Alert& alert, const AlertDelivery& delivery, Work& work) {
    const RuleState* const state = ruleOf(alert.node);
    if (state == nullptr) return;
    AlertLetter letter{state->rule, alert, delivery.about, delivery.target};
    m_letters.insert_or_assign(letter.id(), letter);
    work.letters.push_back(std::move(letter));
}

bool AlertBoard::sendTest(const NodeId& node) {
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        RuleState* const state = ruleOf(node);
        if (state == nullptr || !m_carrier) return false;
        Entry entry;
        entry.number = m_nextNumber++;
        entry.alert.node = node;
        entry.alert.kind = AlertKind::Test;
        entry.alert.stage = AlertStage::Cleared;
        entry.alert.start = entry.alert.raised = entry.alert.ended = m_clock->now();
        entry.id = entry.alert.id();
        work = changed();
        for (const AlertTarget& target : state->rule.targets) {
            if (!hears(target, AlertDelivery::About::Raised)) continue;
            AlertDelivery& delivery = entry.deliveries.emplace_back();
            delivery.target = target;
            write(entry.alert, delivery, work);
        }
        if (work.letters.empty()) return false;
        putEnded(std::move(entry));
    }
    settle(std::move(work));
    return true;
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

std::size_t AlertBoard::undelivered() const {
    const std::lock_guard hold(m_mutex);
    return m_letters.size();
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
    std::vector<Silence> silences = m_silences;
    std::erase_if(silences, [now](const Silence& silence) { return silence.until <= now; });
    return silences;
}

void AlertBoard::setSilences(std::vector<Silence> silences) {
    const std::lock_guard hold(m_mutex);
    m_silences = std::move(silences);
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
        std::erase_if(m_left, [&node](const auto& each) { return each.second.node == node; });
        if (RuleState* const state = ruleOf(node)) {
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
        count(*state, alert, +1);
        if (!alert.ongoing()) {
            if (alert.stage == AlertStage::Spared) ++state->spared;
            m_acknowledged.erase(id);
            forgetSilenced(entry);
            putEnded(std::move(entry));
        } else if (m_ongoing.size() < kOngoing || m_ongoing.contains(id)) {
            m_ongoing.insert_or_assign(id, std::move(entry));
        } else {
            m_left.insert_or_assign(id, alert);
        }
    }
    settle(std::move(work));
}

/// The entry of an alert as it was until now, taken off the board; a new one where there is none.
AlertBoard::Entry AlertBoard::taken(const Alert& alert, const std::string& id, RuleState& state) {
    Entry entry;
    AlertStage before = AlertStage::Cleared;
    if (const auto left = m_left.find(id); left != m_left.end()) {
        count(state, left->second, -1);
        before = left->second.stage;
        m_left.erase(left);
    }
    if (const auto found = m_ongoing.find(id); found != m_ongoing.end()) {
        entry = std::move(found->second);
        m_ongoing.erase(found);
        count(state, entry.alert, -1);
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

void AlertBoard::count(RuleState& state, const Alert& alert, int by) {
    std::size_t& counted = alert.stage == AlertStage::Waiting ? state.waiting
                           : alert.kind == AlertKind::NoData  ? state.noData
                                                              : state.open;
    if (alert.ongoing()) counted = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(counted) + by);
}

/// The deliveries of news of an alert.
void AlertBoard::plan(Entry& entry, const RuleState& state, AlertDelivery::About about, Telling telling,
                      Instant now, Work& work) {
    using State = AlertDelivery::State;
    for (const AlertTarget& target : state.rule.targets) {
        if (!hears(target, about)) continue;
        AlertDelivery* delivery = deliveryOf(entry.deliveries, target, about);
        const bool due =
            delivery == nullptr || (delivery->state == State::TooSoon && telling == Telling::Now);
        if (!due) continue;  // it is on its way, or was told
        if (about == AlertDelivery::About::Ended) {
            // Whoever was not told that it began is not told that it is over.
            const AlertDelivery* const raised =
                deliveryOf(entry.deliveries, target, AlertDelivery::About::Raised);
            if (raised != nullptr && (raised->state == State::TooSoon || raised->state == State::Silenced))
                continue;
        }
        if (delivery == nullptr) delivery = &entry.deliveries.emplace_back();
        delivery->target = target;
        delivery->about = about;
        if (telling == Telling::TooSoon) {
            delivery->state = State::TooSoon;
        } else if (entry.acknowledged || isSilenced(entry.alert, now)) {
            delivery->state = State::Silenced;
            AlertLetter letter{state.rule, entry.alert, about, target};
            const bool keeps = !entry.acknowledged && m_silenced.size() < kLetters;
            if (keeps) m_silenced.insert_or_assign(letter.id(), std::move(letter));
        } else if (m_letters.size() >= kLetters) {
            delivery->state = State::Failed;
            delivery->trouble = RW_TEXT("alert", "Too many alerts wait to be told.");
        } else {
            delivery->state = State::Waiting;
            write(entry.alert, *delivery, work);
        }
    }
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
        const std::size_t before = m_silences.size();
        std::erase_if(m_silences, [now](const Silence& silence) { return silence.until <= now; });
        if (m_silences.size() == before) return;
        work = changed();
        tellUnsilenced(now, work);
    }
    settle(std::move(work));
}

std::vector<AlertLetter> AlertBoard::undeliveredOf(const NodeId& node) const {
    const std::lock_guard hold(m_mutex);
    std::vector<AlertLetter> letters;
    for (const auto* const some : {&m_letters, &m_silenced}) {
        for (const auto& [id, letter] : *some) {
            if (letter.alert.node == node && letter.alert.kind != AlertKind::Test) letters.push_back(letter);
        }
    }
    return letters;
}

void AlertBoard::putBack(std::vector<AlertLetter> letters) {
    const Instant now = m_clock->now();
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        if (!m_carrier) return;
        work = changed();
        for (AlertLetter& letter : letters) {
            const std::string id = letter.id();
            if (m_letters.contains(id)) continue;  // it is on its way since before the run was restarted
            const bool silenced = isSilenced(letter.alert, now);
            if (Entry* const entry = entryOf(letter.alert.id())) {
                AlertDelivery* delivery = deliveryOf(entry->deliveries, letter.target, letter.about);
                if (delivery == nullptr) {
                    delivery = &entry->deliveries.emplace_back();
                    delivery->target = letter.target;
                    delivery->about = letter.about;
                }
                delivery->state = silenced ? AlertDelivery::State::Silenced : AlertDelivery::State::Waiting;
            }
            if (silenced) {
                m_silenced.insert_or_assign(id, std::move(letter));
                continue;
            }
            m_letters.emplace(id, letter);
            work.letters.push_back(std::move(letter));
        }
    }
    settle(std::move(work));
}

void AlertBoard::delivered(const AlertLetter& letter, const AlertDelivery& news) {
    Work work;
    {
        const std::lock_guard hold(m_mutex);
        const bool under =
            news.state == AlertDelivery::State::Waiting || news.state == AlertDelivery::State::Retrying;
        if (!under) m_letters.erase(letter.id());
        work = changed();
        if (Entry* const entry = entryOf(letter.alert.id())) {
            if (AlertDelivery* const known = deliveryOf(entry->deliveries, letter.target, letter.about)) {
                *known = news;
                known->target = letter.target;
                known->about = letter.about;
            }
        }
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

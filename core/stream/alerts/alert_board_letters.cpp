// The letters of an AlertBoard: who is to be told of what, and how that goes.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/stream/alerts/alert_board.h"

namespace rw {

namespace {

std::string targetWord(const AlertTarget& target) {
    return fmt::format("{}:{}", static_cast<int>(target.kind), target.connection);
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

std::size_t AlertBoard::undelivered() const {
    const std::lock_guard hold(m_mutex);
    return m_letters.size();
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
            std::pair name{entry.id, letter.id()};
            if (keeps) m_silenced.insert_or_assign(std::move(name), std::move(letter));
        } else if (m_letters.size() >= kLetters) {
            delivery->state = State::Failed;
            delivery->trouble = RW_TEXT("alert", "Too many alerts wait to be told.");
        } else {
            delivery->state = State::Waiting;
            write(entry.alert, *delivery, work);
        }
    }
}

std::vector<AlertLetter> AlertBoard::undeliveredOf(const NodeId& node) const {
    const std::lock_guard hold(m_mutex);
    std::vector<AlertLetter> letters;
    const auto add = [&](const AlertLetter& letter) {
        if (letter.alert.node == node && letter.alert.kind != AlertKind::Test) letters.push_back(letter);
    };
    for (const auto& [id, letter] : m_letters) add(letter);
    for (const auto& [name, letter] : m_silenced) add(letter);
    return letters;
}

std::vector<std::string> AlertBoard::acknowledgedOf(const NodeId& node) const {
    const std::lock_guard hold(m_mutex);
    std::vector<std::string> ids;
    for (const auto& [id, entry] : m_ongoing)
        if (entry.acknowledged && entry.alert.node == node) ids.push_back(id);
    return ids;
}

void AlertBoard::setAcknowledged(const std::vector<std::string>& alertIds) {
    const std::lock_guard hold(m_mutex);
    m_acknowledged.insert(alertIds.begin(), alertIds.end());
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
                std::pair name{letter.alert.id(), id};
                m_silenced.insert_or_assign(std::move(name), std::move(letter));
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

}  // namespace rw

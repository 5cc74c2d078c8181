#include "core/score/recorded_models.h"

#include <algorithm>
#include <utility>

#include "core/score/taped_model.h"

namespace rw::score {

RecordedModels::RecordedModels(LookupRecorder& tape, TapeLookup about)
    : m_tape(tape), m_lookup(tape.addLookup(std::move(about))) {}

void RecordedModels::add(FittedRef model, std::string_view bytes, Instant readAt) {
    TapeTable whole;
    whole.kind = TapeTable::Kind::Met;
    whole.number = m_next++;
    whole.readAt = readAt;
    if (!m_kept.empty()) whole.from = saturatingAdd(m_most, 1);
    m_moments.from(whole.from, whole.number);
    m_kept.emplace(whole.number, std::move(model));
    if (m_kept.size() > 2) m_kept.erase(m_kept.begin());
    recordModel(m_tape, m_lookup, bytes, std::move(whole));
}

FittedRef RecordedModels::at(Instant moment) {
    if (moment == kNoMoment) return m_kept.rbegin()->second;
    m_most = std::max(m_most, moment);
    const std::uint64_t number = m_moments.at(moment);
    const auto oldest = m_kept.lower_bound(number);
    if (oldest->first != number) {
        m_moments.only(moment, oldest->first);
        TapeTable alone;
        alone.kind = TapeTable::Kind::Alone;
        alone.number = oldest->first;
        alone.from = moment;
        m_tape.add(m_lookup, std::move(alone));
    }
    return oldest->second;
}

}  // namespace rw::score

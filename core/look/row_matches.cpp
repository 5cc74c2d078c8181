#include "core/look/row_matches.h"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/data/text.h"

namespace rw {

namespace {

struct InPlace {
    int input;
    std::size_t row;
};

class Matching {
 public:
    explicit Matching(const LookResult& result) : m_result(result) {}

    RowMatches run() {
        for (const LookedPort& port : m_result.outputs)
            m_matches.makes = m_matches.makes || (port.role == PortRole::Rows && port.type.made);
        placeInputs();
        for (std::size_t port = 0; port < m_result.outputs.size(); ++port) matchOutput(port);
        matchSetAside();
        decideRest();
        return std::move(m_matches);
    }

 private:
    /// Wires of the first port are numbered one input behind the other.
    void placeInputs() {
        int way = 0;
        for (std::size_t input = 0; input < m_result.inputs.size(); ++input) {
            const LookedPort& port = m_result.inputs[input];
            m_matches.inputs.emplace_back(port.rows);
            if (port.number != 0) continue;
            std::size_t row = 0;
            for (const Batch& batch : port.batches) {
                for (std::size_t i = 0; i < batch.rows; ++i, ++row) {
                    if (!batch.positions.known()) continue;
                    const WireNumber wire = batch.wire + firstWireOf(way);
                    m_byPosition.try_emplace({wire, batch.positions.at(i)},
                                             InPlace{static_cast<int>(input), row});
                    m_byRow[batch.positions.at(i)].push_back({static_cast<int>(input), row});
                }
            }
            way += port.ways;
        }
    }

    void matchOutput(std::size_t number) {
        const LookedPort& port = m_result.outputs[number];
        std::vector<WentOut>& out = m_matches.outputs.emplace_back(port.rows);
        if (port.type.made || port.type.rejected) return;
        std::size_t row = 0;
        for (const Batch& batch : port.batches) {
            for (std::size_t i = 0; i < batch.rows; ++i, ++row) {
                if (!batch.positions.known()) continue;
                const auto found = m_byPosition.find({batch.wire, batch.positions.at(i)});
                if (found == m_byPosition.end()) continue;
                out[row] = {found->second.input, found->second.row};
                CameIn& in = at(found->second);
                if (in.output >= 0) continue;
                in.fate = port.role == PortRole::Late ? RowFate::Late : RowFate::Passed;
                in.output = static_cast<int>(number);
                in.row = row;
            }
        }
    }

    void matchSetAside() {
        for (std::size_t number = 0; number < m_result.setAside.size(); ++number) {
            const KeptRow& kept = m_result.setAside[number];
            const bool late = kept.kind == KeptRow::Kind::Late;
            CameIn* const in = kept.position >= 0 ? withPosition(kept.position, late)
                               : late             ? nullptr
                                                  : withText(kept.row);
            if (in == nullptr) continue;
            in->setAside = static_cast<int>(number);
            if (!late) in->fate = RowFate::Rejected;
        }
    }

    /// Rows of several wires may have one position: the first that is of the kind.
    CameIn* withPosition(std::int64_t position, bool late) {
        const auto found = m_byRow.find(position);
        if (found == m_byRow.end()) return nullptr;
        for (const InPlace& place : found->second) {
            CameIn& in = at(place);
            if (in.setAside < 0 && (late ? in.fate == RowFate::Late : in.output < 0)) return &in;
        }
        return nullptr;
    }

    CameIn* withText(const std::string& text) {
        if (!m_textsRead) readTexts();
        const auto found = m_byText.find(text);
        if (found == m_byText.end() || found->second.empty()) return nullptr;
        const InPlace place = found->second.back();
        found->second.pop_back();
        return &at(place);
    }

    /// Of the rows that have no position, the last first.
    void readTexts() {
        m_textsRead = true;
        for (std::size_t input = m_result.inputs.size(); input-- > 0;) {
            const LookedPort& port = m_result.inputs[input];
            std::size_t row = port.rows;
            for (auto batch = port.batches.rbegin(); batch != port.batches.rend(); ++batch) {
                for (std::size_t i = batch->rows; i-- > 0;) {
                    --row;
                    if (!batch->positions.known())
                        m_byText[rowText(*batch, i)].push_back({static_cast<int>(input), row});
                }
            }
        }
    }

    void decideRest() {
        bool more = false;
        for (const LookedPort& port : m_result.outputs)
            more = more || (port.role == PortRole::Rows && port.count > port.rows);
        for (std::size_t input = 0; input < m_result.inputs.size(); ++input) {
            const LookedPort& port = m_result.inputs[input];
            std::vector<CameIn>& rows = m_matches.inputs[input];
            std::size_t row = 0;
            for (const Batch& batch : port.batches) {
                for (std::size_t i = 0; i < batch.rows; ++i, ++row) {
                    CameIn& in = rows[row];
                    if (in.fate != RowFate::Unknown) continue;
                    if (m_matches.makes || m_result.outputs.empty() || port.number != 0) {
                        in.fate = isOpen(port, batch, i) ? RowFate::Open : RowFate::Used;
                    } else if (!more) {
                        in.fate = RowFate::Dropped;
                    }
                }
            }
        }
    }

    bool isOpen(const LookedPort& port, const Batch& batch, std::size_t row) const {
        if (m_result.openFrom == kMaxTimestamp || port.type.eventTime < 0) return false;
        const Column& time = batch.column(port.type.eventTime);
        return !time.isNull(row) && time.at<Instant>(row) >= m_result.openFrom;
    }

    CameIn& at(const InPlace& place) {
        return m_matches.inputs[static_cast<std::size_t>(place.input)][place.row];
    }

    const LookResult& m_result;
    RowMatches m_matches{};
    std::map<std::pair<WireNumber, std::int64_t>, InPlace> m_byPosition{};
    std::unordered_map<std::int64_t, std::vector<InPlace>> m_byRow{};
    std::unordered_map<std::string, std::vector<InPlace>> m_byText{};
    bool m_textsRead = false;
};

}  // namespace

RowMatches matchRows(const LookResult& result) {
    return Matching(result).run();
}

}  // namespace rw

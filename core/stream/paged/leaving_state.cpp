#include "core/stream/paged/leaving_state.h"

#include <utility>

#include "core/data/raw_fields.h"

namespace rw {

LeavingState::LeavingState(const Operator& op, ChangingState* changing, PageFiles& pages, std::size_t bytes)
    : m_op(op), m_changing(changing), m_pages(pages), m_most(bytes) {
    if (!m_changing) return;
    StateWriter rest;
    m_changing->writeRest(rest);
    m_rest = rest.takeFields();
    m_changing->freeze(true);
}

Result<bool> LeavingState::run() {
    StateWriter piece;
    bool more = false;
    if (m_changing) {
        more = m_changing->writePiece(piece);
        RW_TRY(m_changing->writing());
    } else {
        RW_TRY(m_op.snapshot(piece));
    }
    RW_TRY(take(piece.takeFields()));
    if (!more || m_waiting >= m_most) RW_TRY(flush());
    return more;
}

Status LeavingState::take(std::string_view fields) {
    RW_TRY_ASSIGN(const std::vector<RawField> raw, rawFields(fields));
    for (const RawField& field : raw) {
        if (field.type != StateType::KeyedRecord) m_rest += field.all;
    }
    for (const RawField& field : raw) {
        if (field.type != StateType::KeyedRecord) continue;
        m_fields[static_cast<std::size_t>(field.group)] += field.all;
        m_waiting += field.all.size();
    }
    return {};
}

Status LeavingState::flush() {
    for (int group = 0; group < kKeyGroups; ++group) {
        std::string& fields = m_fields[static_cast<std::size_t>(group)];
        if (fields.empty()) continue;
        if (!m_pages.has(group)) fields.insert(0, m_rest);
        m_pages.append(group, fields);
        fields = {};
    }
    m_waiting = 0;
    return m_pages.write();
}

}  // namespace rw

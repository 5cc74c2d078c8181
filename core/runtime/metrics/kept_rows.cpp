#include "core/runtime/metrics/kept_rows.h"

#include <algorithm>

#include "core/base/readable.h"
#include "core/data/text.h"

namespace rw {

namespace {

/// `reason` with its quotations cut.
Text shortReason(Text reason) {
    for (TextArg& arg : reason.args) {
        if (arg.text()) {
            arg = TextArg(shortReason(*arg.text()));
        } else if (arg.literal().size() > KeptRows::kLongestText) {
            arg = TextArg(shortened(arg.literal(), KeptRows::kLongestText));
        }
    }
    return reason;
}

}  // namespace

void KeptRows::addRejected(const NodeId& node, const Text& reason, std::string row, std::int64_t position) {
    KeptRow kept;
    kept.kind = KeptRow::Kind::Rejected;
    kept.node = node;
    kept.reason = shortReason(reason);
    kept.row = row.size() > kLongestText ? shortened(row, kLongestText) : std::move(row);
    kept.position = position;
    kept.at = m_clock->now();
    const std::lock_guard lock(m_mutex);
    kept.number = ++m_rows.number;
    m_rows.rejected.push_back(std::move(kept));
    if (m_rows.rejected.size() > m_keep) m_rows.rejected.pop_front();
}

void KeptRows::addLate(const PortRef& from, const Batch& batch, int eventTime) {
    if (batch.rows == 0) return;
    LateRows rows{from, batch.newest({m_keep, kLateBytes, kLongestText}), eventTime, 0, m_clock->now()};
    rows.bytes = rows.batch.memoryBytes();
    const std::lock_guard lock(m_mutex);
    rows.firstNumber = m_rows.number + 1;
    m_rows.number += rows.batch.rows;
    m_rows.lateRows += rows.batch.rows;
    m_rows.lateBytes += rows.bytes;
    m_rows.late.push_back(std::move(rows));
    dropLate();
}

void KeptRows::dropLate() {
    const auto tooMuch = [this] {
        return m_rows.lateBytes > kLateBytes || m_rows.lateRows - m_rows.late.front().batch.rows >= m_keep;
    };
    while (m_rows.late.size() > 1 && tooMuch()) {
        m_rows.lateRows -= m_rows.late.front().batch.rows;
        m_rows.lateBytes -= m_rows.late.front().bytes;
        m_rows.late.pop_front();
    }
}

std::uint64_t KeptRows::newest() const {
    const std::lock_guard lock(m_mutex);
    return m_rows.number;
}

void KeptRows::forgetAfter(std::uint64_t number) {
    const std::lock_guard lock(m_mutex);
    while (!m_rows.rejected.empty() && m_rows.rejected.back().number > number) m_rows.rejected.pop_back();
    while (!m_rows.late.empty() && m_rows.late.back().firstNumber > number) {
        m_rows.lateRows -= m_rows.late.back().batch.rows;
        m_rows.lateBytes -= m_rows.late.back().bytes;
        m_rows.late.pop_back();
    }
}

std::size_t KeptRows::Copy::bytes() const {
    std::size_t bytes = m_rows.lateBytes;
    for (const KeptRow& row : m_rows.rejected) bytes += sizeof(KeptRow) + row.row.size();
    return bytes;
}

KeptRows::Copy KeptRows::copy() const {
    Copy made;
    const std::lock_guard lock(m_mutex);
    made.m_rows = m_rows;
    return made;
}

void KeptRows::takeOver(const Copy& before) {
    const std::lock_guard lock(m_mutex);
    m_rows = before.m_rows;
}

std::vector<KeptRow> KeptRows::since(std::uint64_t after) const {
    std::vector<KeptRow> out;
    std::vector<LateRows> late;
    {
        const std::lock_guard lock(m_mutex);
        for (const KeptRow& row : m_rows.rejected) {
            if (row.number > after) out.push_back(row);
        }
        for (const LateRows& rows : m_rows.late) {
            if (rows.firstNumber + rows.batch.rows > after + 1) late.push_back(rows);
        }
    }
    for (const LateRows& rows : late) {
        const Column& lateBy = *rows.batch.columns[rows.batch.columns.size() - 2];
        const Column& lateFor = *rows.batch.columns.back();
        for (std::size_t row = 0; row < rows.batch.rows; ++row) {
            if (rows.firstNumber + row <= after) continue;
            KeptRow kept;
            kept.kind = KeptRow::Kind::Late;
            kept.node = rows.from.node;
            kept.port = rows.from.port;
            kept.row = shortened(rowText(rows.batch, row), kLongestText);
            if (rows.batch.positions.known()) kept.position = rows.batch.positions.at(row);
            if (rows.eventTime >= 0) kept.eventTime = rows.batch.column(rows.eventTime).at<Instant>(row);
            kept.lateBy = lateBy.at<std::int64_t>(row);
            if (!lateFor.isNull(row)) kept.windowEnd = lateFor.at<Instant>(row);
            // late_by counts from there (event-time rules, 12).
            const Instant last = lateFor.isNull(row) ? kept.eventTime : kept.windowEnd - 1;
            kept.stamp = saturatingAdd(last, kept.lateBy);
            kept.at = rows.at;
            kept.number = rows.firstNumber + row;
            out.push_back(std::move(kept));
        }
    }
    std::sort(out.begin(), out.end(), [](const KeptRow& a, const KeptRow& b) { return a.number < b.number; });
    return out;
}

}  // namespace rw

#include "core/connect/files/row_cutter.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace rw {

namespace {
constexpr std::size_t kShownOfOverlong = 200;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
}  // namespace

RowCutter::RowCutter(const Framing& framing, std::size_t blockSize)
    : m_framing(framing),
      // so that only the first of the rows held, which are up to two blocks behind it, can be overlong
      m_blockSize(std::clamp<std::size_t>(blockSize, 1, std::max<std::size_t>(framing.longestRow() / 2, 1))) {
}

void RowCutter::begin(std::uint64_t offset, const FileTail& tail, bool skipping) {
    m_offset = offset;
    m_begin = m_end = 0;
    m_tail = tail;
    m_fileStart = offset == 0;
    m_skipping = skipping;
}

std::span<char> RowCutter::room() {
    makeRoom(m_blockSize);
    return {m_buffer->data() + m_end, m_blockSize};
}

void RowCutter::hold(std::size_t bytes) {
    m_end += bytes;
    m_offset += bytes;
}

std::string_view RowCutter::held() const {
    return m_buffer ? m_buffer->view(m_begin, m_end) : std::string_view();
}

FileTail RowCutter::taken() const {
    FileTail tail = m_tail;
    tail.add(held());
    return tail;
}

RowCutter::Place RowCutter::placeBefore(const FilePiece& rest) const {
    if (rest.begin == rest.end) return {m_offset - held().size(), m_tail.checksum(), m_skipping};
    FileTail tail = m_pieceTail;
    const std::uint64_t offset = rest.origin + rest.begin;
    if (offset > m_pieceOffset) {  // some of its rows were handed out
        const std::size_t begin = rest.begin - static_cast<std::size_t>(offset - m_pieceOffset);
        tail.add(rest.buffer->view(begin, rest.begin));
    }
    return {offset, tail.checksum(), false};
}

void RowCutter::consume(std::size_t bytes) {
    m_tail.add(held().substr(0, bytes));
    m_begin += bytes;
}

void RowCutter::makeRoom(std::size_t more) {
    const std::size_t held = m_end - m_begin;
    if (m_buffer && m_buffer->capacity() - m_end >= more) return;
    // a little more than needed, in one size as a rule, so that buffers can be used again
    BufferRef larger = m_pool->get(std::max({m_blockSize, held, more}) * 2);
    if (held > 0) std::memcpy(larger->data(), m_buffer->data() + m_begin, held);
    m_buffer = std::move(larger);
    m_begin = 0;
    m_end = held;
}

/// Drops the held part of an overlong row; whether it ended there.
bool RowCutter::skipLine() {
    const std::size_t lineEnd = held().find('\n');
    consume(lineEnd == std::string_view::npos ? held().size() : lineEnd + 1);
    return lineEnd != std::string_view::npos;
}

std::size_t RowCutter::rowsOfPiece(bool atEnd) const {
    const std::size_t all = m_framing.completeRows(held(), atEnd);
    if (all <= 2 * m_blockSize) return all;
    // The rows behind a long one would keep its bytes from being given back.
    const std::size_t first = m_framing.firstRow(held(), atEnd);
    return first > m_blockSize ? first : all;
}

bool RowCutter::cut(bool atEnd, FilePiece& piece) {
    if (m_skipping) m_skipping = !skipLine() && !atEnd;
    const bool atStart = m_fileStart && m_offset == held().size();  // not behind a mark that was consumed
    if (atStart && held().starts_with(kByteOrderMark)) consume(kByteOrderMark.size());
    if (m_begin == m_end) return false;
    if (cutOverlong(piece)) return true;
    const std::size_t size = rowsOfPiece(atEnd);
    if (size == 0) return false;
    m_pieceTail = m_tail;
    m_pieceOffset = m_offset - held().size();
    const bool endless = m_begin + size == m_end && m_buffer->data()[m_end - 1] != '\n';
    if (endless) makeRoom(1);
    piece = {m_buffer, m_begin, m_begin + size, m_fileStart, false, m_pieceOffset - m_begin};
    consume(size);
    m_fileStart = false;
    // The rest moves to another buffer: the piece is read on other threads, ahead of its end even.
    const std::size_t from = m_begin, rest = m_end - m_begin;
    const BufferRef old = std::exchange(m_buffer, nullptr);
    m_begin = m_end = 0;
    if (endless) old->data()[piece.end++] = '\n';
    if (rest > 0) {
        makeRoom(rest);
        std::memcpy(m_buffer->data(), old->data() + from, rest);
        m_end = rest;
    }
    return true;
}

bool RowCutter::cutOverlong(FilePiece& piece) {
    const std::string_view all = held();
    const std::size_t longest = m_framing.longestRow();
    if (all.size() <= longest || m_framing.firstRow(all.substr(0, longest), false) != 0) return false;
    const std::size_t shown = std::min(kShownOfOverlong, longest);
    BufferRef head = m_pool->get(shown);
    std::memcpy(head->data(), all.data(), shown);
    m_pieceTail = m_tail;
    m_pieceOffset = m_offset - all.size();
    piece = {std::move(head), 0, shown, m_fileStart, true, m_pieceOffset};
    m_fileStart = false;
    consume(longest);
    m_skipping = !skipLine();
    return true;
}

}  // namespace rw

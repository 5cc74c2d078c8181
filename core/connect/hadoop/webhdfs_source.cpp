#include "core/connect/hadoop/webhdfs_source.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace rw {

namespace {

constexpr std::size_t kPassedBytes = 3 * sizeof(std::uint64_t);

void appendNumber(std::string& out, std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8) out += static_cast<char>((number >> shift) & 0xffU);
}

std::uint64_t numberAt(std::string_view bytes, std::size_t at) {
    std::uint64_t number = 0;
    for (unsigned i = 0; i < sizeof number; ++i)
        number |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return number;
}

}  // namespace

WebhdfsSource::WebhdfsSource(const MakeContext& context, NodeConnection connection,
                             WebhdfsSourceOptions options)
    : BlockingSource(context),
      m_options(std::move(options)),
      m_connection(std::move(connection)),
      m_clock(context.clock) {}

Status WebhdfsSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    const auto& rows = static_cast<const WebhdfsChunk&>(chunk);
    if (rows.messages.empty()) return {};
    if (!rows.overlong) {
        out = m_options.decoder->decode(rows.messages, chunk.arrived);
        return {};
    }
    const std::size_t mebibytes = std::max<std::size_t>(m_options.framing->longestRow() >> 20, 1);
    out.reject(0, RW_TEXT("files", "The row is longer than %1 MiB.").with(mebibytes),
               rows.messages.value(0).value_or(std::string_view()));
    out.rowsRead = 1;
    return {};
}

SourceProgress WebhdfsSource::progress() const {
    SourceProgress progress;
    progress.done = m_amount->done;
    progress.total = m_amount->all;
    return progress;
}

Status WebhdfsSource::snapshot(StateWriter& out) const {
    out.bytes("file", m_position.file);
    out.u64("offset", m_position.before.bytes);
    out.u64("checksum", m_position.before.checksum);
    out.u64("length", m_position.length);
    out.u64("skipping", m_position.skipping ? 1 : 0);
    std::string passed;
    passed.reserve(m_position.passed.size() * kPassedBytes);
    for (const auto& [file, length] : m_position.passed) {
        appendNumber(passed, file);
        appendNumber(passed, length.bytes);
        appendNumber(passed, length.checksum);
    }
    out.bytes("passed", passed);
    return {};
}

Status WebhdfsSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(const std::string_view file, state.bytes("file"));
    RW_TRY_ASSIGN(m_position.before.bytes, state.u64("offset"));
    RW_TRY_ASSIGN(m_position.before.checksum, state.u64("checksum"));
    RW_TRY_ASSIGN(m_position.length, state.u64("length"));
    RW_TRY_ASSIGN(const std::uint64_t skipping, state.u64("skipping"));
    RW_TRY_ASSIGN(const std::string_view passed, state.bytes("passed"));
    if (passed.size() % kPassedBytes != 0) return brokenState("files that were read");
    m_position.file = file;
    m_position.skipping = skipping != 0;
    constexpr std::size_t kNumber = sizeof(std::uint64_t);
    for (std::size_t at = 0; at < passed.size(); at += kPassedBytes)
        m_position.passed[numberAt(passed, at)] = {numberAt(passed, at + kNumber),
                                                   numberAt(passed, at + 2 * kNumber)};
    return {};
}

Result<std::shared_ptr<SourceReader>> WebhdfsSource::makeReader() {
    WebhdfsReader::About about;
    about.reading = m_options.reading;
    about.from = m_position;
    about.wanted = wantedParts(m_options.decoder->format());
    about.framing = m_options.framing;
    about.clock = m_clock;
    about.board = m_board;
    about.amount = m_amount;
    return std::shared_ptr<SourceReader>(std::make_shared<WebhdfsReader>(m_connection, std::move(about)));
}

void WebhdfsSource::given(const Chunk& chunk, int) {
    const auto& rows = static_cast<const WebhdfsChunk&>(chunk);
    for (const WebhdfsPassed& each : rows.passed) {
        if (each.length) {
            m_position.passed[each.file] = *each.length;
        } else {
            m_position.passed.erase(each.file);
        }
    }
    m_position.file = rows.file;
    m_position.before = rows.before;
    m_position.length = rows.length;
    m_position.skipping = rows.skipping;
    m_amount->done = rows.bytesDone;
    m_board->place({}, static_cast<std::int64_t>(rows.bytesDone));
}

}  // namespace rw

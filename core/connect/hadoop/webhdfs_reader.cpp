#include "core/connect/hadoop/webhdfs_reader.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>

#include "core/base/figures.h"
#include "core/base/readable.h"

namespace rw {

namespace {

constexpr Millis kLeastAnswerWait = 5;
constexpr int kLeastTurns = 4;
constexpr Millis kFirstBackOff = 1'000, kLongestBackOff = 60'000;
constexpr Millis kSecondLook = 1'000;  ///< at files that were found for the first time
constexpr std::size_t kBlockBytes = std::size_t{4} << 20;

/// The bytes before a place by which a file is known again.
std::uint64_t knownBefore(std::uint64_t place) {
    return std::min<std::uint64_t>(place, FileTail::kBytes);
}

Text readAnew(const std::string& path) {
    return RW_TEXT("hadoop", "“%1” was replaced or cut: it is read from its new start.").with(path);
}

Status changedFile(Text message) {
    return {ErrorCode::Invalid, std::move(message),
            RW_TEXT("hadoop", "Put the file back as it was, or start the run anew.")};
}

}  // namespace

std::uint64_t hashOfPath(const std::string& path) {
    return XXH3_64bits(path.data(), path.size());
}

WebhdfsReader::WebhdfsReader(NodeConnection connection, About about)
    : m_about(std::move(about)),
      m_client(std::move(connection)),
      m_finder(m_about.reading.path),
      m_cutter(*m_about.framing, kBlockBytes),
      m_passed(m_about.from.passed) {
    if (m_about.from.file.empty()) return;
    File file;
    file.path = m_about.from.file;
    file.from = m_about.from.before.bytes;
    file.checksum = m_about.from.before.checksum;
    file.length = m_about.from.length;
    file.skipping = m_about.from.skipping;
    m_resumed = std::move(file);
}

WebhdfsReader::~WebhdfsReader() = default;

SourceReader::Read WebhdfsReader::stands() const {
    const bool rests = m_listed && !m_current && m_queue.empty() && m_seen.empty() && m_cutSince < 0;
    return rests ? Read::Nothing : Read::Some;
}

Result<SourceReader::Read> WebhdfsReader::read(Millis within, ReadOutput& out) {
    const std::int64_t until = m_real->steadyMillis() + within;
    for (int turns = 0;; ++turns) {
        const Millis left = until - m_real->steadyMillis();
        if (turns >= kLeastTurns && left <= 0) return stands();
        const Result<Step> step = goOn(std::max<Millis>(left, 0), out);
        if (!step.ok()) return cutOff(step.status(), out);
        if (*step == Step::Over) return Read::End;
        if (*step == Step::Gave) return Read::Some;
        if (*step == Step::Waits) return stands();
    }
}

Result<WebhdfsReader::Step> WebhdfsReader::goOn(Millis within, ReadOutput& out) {
    if (!m_client.isUnderWay()) {
        RW_TRY_ASSIGN(const Step begun, begin(within, out));
        if (begun != Step::GoesOn || !m_client.isUnderWay()) return begun;
    }
    return take(m_client.await(std::max(within, kLeastAnswerWait)), out);
}

Status WebhdfsReader::ask(const std::string& path, const char* op) {
    WebhdfsRequest request;
    request.path = path;
    request.op = op;
    m_asksListing = !m_current;
    if (m_current) {
        const std::uint64_t known = m_unsure ? knownBefore(m_current->from) : 0;
        const std::uint64_t at = m_cutter.offset() - known;
        const std::uint64_t bytes = std::min<std::uint64_t>(kBlockBytes, m_current->length - at);
        request.params = {{"offset", std::to_string(at)}, {"length", std::to_string(bytes)}};
    }
    return m_client.begin(std::move(request));
}

Result<WebhdfsReader::Step> WebhdfsReader::begin(Millis within, ReadOutput& out) {
    const std::int64_t now = m_about.clock->steadyMillis();
    const auto waitUntil = [&](std::int64_t at) {
        m_about.clock->sleep(std::min<Millis>(within, at - now));
        return Step::Waits;
    };
    if (now < m_tryAt) return waitUntil(m_tryAt);
    if (!m_current && !m_queue.empty()) openNext();
    if (m_current) {
        if (m_cutter.offset() < m_current->length) {
            RW_TRY(ask(m_current->path, "OPEN"));
        } else {
            finishFile(out);
        }
        return Step::GoesOn;
    }
    if (m_looking) {
        const std::optional<std::string> folder = m_finder.next();
        RW_TRY(folder ? ask(*folder, "LISTSTATUS") : endRound(out));
        return Step::GoesOn;
    }
    if (!m_about.reading.follow) return Step::Over;
    if (now < m_roundAt) return waitUntil(m_roundAt);
    m_finder.begin();
    m_looking = true;
    return Step::GoesOn;
}

Result<WebhdfsReader::Step> WebhdfsReader::take(const Result<std::optional<HttpAnswer>>& answer,
                                                ReadOutput& out) {
    const bool missing = !answer.ok() && answer.error().code == ErrorCode::NotFound;
    const bool cut = !answer.ok() && m_client.isPastEnd();
    if (!answer.ok() && !missing && !cut) return answer.status();
    if (answer.ok() && !*answer) return Step::GoesOn;
    m_backOff = 0;
    m_toldCut.clear();
    if (std::exchange(m_cutSince, -1) >= 0) {
        out.tell(PartitionState::Live);
        m_about.board->retryAt(0);
    }
    if (!m_asksListing) {
        if (missing) RW_TRY(lose(answer.status(), out));
        if (!missing) RW_TRY(takeBytes(cut ? std::string_view() : std::string_view((*answer)->body), out));
        return Step::Gave;
    }
    if (missing) {
        m_finder.take(std::nullopt);
        if (m_finder.lacksRoot() && (!m_listed || !m_about.reading.follow)) return answer.status();
        return Step::GoesOn;
    }
    RW_TRY(takeListing(**answer));
    return Step::GoesOn;
}

Status WebhdfsReader::takeListing(const HttpAnswer& answer) {
    std::optional<std::vector<WebhdfsStatus>> listing = listingOfAnswer(answer.body);
    if (!listing) {
        return {ErrorCode::Refused,
                RW_TEXT("hadoop", "What %1 answers is not what WebHDFS answers.").with(m_client.address()),
                RW_TEXT("hadoop",
                        "Give the connection the address of the NameNode's or HttpFS's HTTP server, without "
                        "/webhdfs/v1.")};
    }
    m_finder.take(listing);
    return {};
}

Status WebhdfsReader::endRound(ReadOutput& out) {
    const std::vector<WebhdfsStatus> files = m_finder.takeFiles();
    const WebhdfsReading& reading = m_about.reading;
    const bool resumes = m_resumed.has_value();
    std::unordered_map<std::uint64_t, WebhdfsStatus> seen;
    for (const WebhdfsStatus& file : files) {
        if (m_resumed && m_resumed->path == file.name) {
            RW_TRY(goOnWith(file, out));
            continue;
        }
        const std::optional<WebhdfsLength> read = newFrom(file, out);
        if (!read) continue;
        if (reading.follow && !rests(file, seen)) continue;
        m_queue.push_back({file.name, file.bytes, read->bytes, read->checksum, file.changed, false});
        m_all += file.bytes - read->bytes;
    }
    if (m_resumed) RW_TRY(missesResumed(out));
    if (!m_finder.lacksRoot()) forgetBut(files);
    if (files.empty() && !reading.follow && !resumes && m_passed.empty()) {
        return {ErrorCode::NotFound,
                isHdfsPattern(reading.path)
                    ? RW_TEXT("hadoop", "No file matches “%1”.").with(reading.path)
                    : RW_TEXT("hadoop", "There is no file in “%1”.").with(reading.path),
                RW_TEXT("hadoop", "Give a file, a folder, or a pattern such as /data/*.json.")};
    }
    m_seen = std::move(seen);
    m_about.amount->all = m_all;
    m_about.board->end({}, static_cast<std::int64_t>(m_all));
    m_looking = false;
    m_listed = true;
    const Millis pause = m_seen.empty() ? reading.every : std::min(reading.every, kSecondLook);
    m_roundAt = m_about.clock->steadyMillis() + pause;
    return {};
}

Status WebhdfsReader::goOnWith(const WebhdfsStatus& file, ReadOutput& out) {
    File resumed = *std::exchange(m_resumed, std::nullopt);
    if (file.bytes < resumed.from) {
        if (!m_about.reading.follow)
            return changedFile(
                RW_TEXT("hadoop", "“%1” has %2, and of it %3 had been read.")
                    .with(file.name, figures::bytes(file.bytes), figures::bytes(resumed.from)));
        out.note(readAnew(file.name));
        forget(hashOfPath(file.name));  // a later round finds it, as it finds new ones
        return {};
    }
    resumed.length = m_about.reading.follow ? std::min(resumed.length, file.bytes) : file.bytes;
    resumed.length = std::max(resumed.length, resumed.from);
    resumed.changed = file.changed;
    m_all += resumed.length - resumed.from;
    m_queue.push_front(std::move(resumed));
    return {};
}

std::optional<WebhdfsLength> WebhdfsReader::newFrom(const WebhdfsStatus& file, ReadOutput& out) {
    const std::uint64_t hash = hashOfPath(file.name);
    const auto passed = m_passed.find(hash);
    if (passed == m_passed.end()) return WebhdfsLength{};
    const WebhdfsLength& read = passed->second;
    if (file.bytes == read.bytes) return std::nullopt;
    if (file.bytes > read.bytes) return read;
    const bool follow = m_about.reading.follow;
    if (m_toldReplaced.insert(hash).second)
        out.note(
            follow ? readAnew(file.name)
                   : RW_TEXT("hadoop", "“%1” is shorter than it was when it was read: it is not read again.")
                         .with(file.name));
    return follow ? std::optional<WebhdfsLength>(WebhdfsLength{}) : std::nullopt;
}

bool WebhdfsReader::rests(const WebhdfsStatus& file,
                          std::unordered_map<std::uint64_t, WebhdfsStatus>& seen) const {
    const std::uint64_t hash = hashOfPath(file.name);
    const auto before = m_seen.find(hash);
    const bool same = before != m_seen.end() && before->second.bytes == file.bytes &&
                      before->second.changed == file.changed;
    if (!same) seen[hash] = file;
    return same;
}

/// The file in whose middle the checkpoint is.
Status WebhdfsReader::missesResumed(ReadOutput& out) {
    const File file = *std::exchange(m_resumed, std::nullopt);
    if (!m_about.reading.follow)
        return changedFile(
            RW_TEXT("hadoop", "“%1” is not there any more, and the checkpoint is in its middle.")
                .with(file.path));
    out.note(RW_TEXT("hadoop", "“%1” is not there any more; the checkpoint was behind %2 of it.")
                 .with(file.path, figures::bytes(file.from)));
    return {};
}

void WebhdfsReader::forgetBut(const std::vector<WebhdfsStatus>& files) {
    std::unordered_set<std::uint64_t> there;
    for (const WebhdfsStatus& file : files) there.insert(hashOfPath(file.name));
    for (auto passed = m_passed.begin(); passed != m_passed.end();) {
        if (there.count(passed->first) > 0) {
            ++passed;
            continue;
        }
        m_untold.push_back({passed->first, std::nullopt});
        passed = m_passed.erase(passed);
    }
}

void WebhdfsReader::openNext() {
    m_current = std::move(m_queue.front());
    m_queue.pop_front();
    m_headLeft = m_about.reading.header && m_current->from == 0;
    m_unsure = m_current->from > 0;
    m_cutter.begin(m_current->from, {}, m_current->skipping);
}

Status WebhdfsReader::takeBytes(std::string_view bytes, ReadOutput& out) {
    if (std::exchange(m_unsure, false) && !isSame(bytes))
        return changed(RW_TEXT("hadoop", "“%1” is not the file any more whose beginning had been read.")
                           .with(m_current->path),
                       out);
    const std::uint64_t wanted = std::min<std::uint64_t>(kBlockBytes, m_current->length - m_cutter.offset());
    if (bytes.empty())
        return changed(RW_TEXT("hadoop", "“%1” was cut while it was read.").with(m_current->path), out);
    bytes = bytes.substr(0, static_cast<std::size_t>(wanted));
    while (!bytes.empty()) {
        const std::span<char> room = m_cutter.room();
        const std::size_t size = std::min(room.size(), bytes.size());
        std::memcpy(room.data(), bytes.data(), size);
        m_cutter.hold(size);
        bytes.remove_prefix(size);
        const bool atEnd = m_cutter.offset() == m_current->length;
        FilePiece piece;
        while (m_cutter.cut(atEnd, piece)) givePiece(piece, out);
    }
    if (m_cutter.offset() == m_current->length) finishFile(out);
    return {};
}

bool WebhdfsReader::isSame(std::string_view& bytes) {
    const auto known = static_cast<std::size_t>(knownBefore(m_current->from));
    FileTail tail;
    tail.add(bytes.substr(0, known));
    if (bytes.size() < known || tail.checksum() != m_current->checksum) return false;
    bytes.remove_prefix(known);
    m_cutter.begin(m_current->from, tail, m_current->skipping);
    return true;
}

Status WebhdfsReader::changed(Text message, ReadOutput& out) {
    if (!m_about.reading.follow) return changedFile(std::move(message));
    out.note(readAnew(m_current->path));
    forget(hashOfPath(m_current->path));  // a later round finds it, as it finds new ones
    leaveCurrent();
    return {};
}

void WebhdfsReader::forget(std::uint64_t file) {
    m_passed.erase(file);
    m_untold.push_back({file, std::nullopt});
}

void WebhdfsReader::leaveCurrent() {
    m_doneBefore += m_cutter.offset() - m_current->from;
    m_all -= m_current->length - m_cutter.offset();
    m_current.reset();
}

void WebhdfsReader::givePiece(const FilePiece& piece, ReadOutput& out) {
    auto chunk = std::make_unique<WebhdfsChunk>();
    const RowCutter::Place behind = m_cutter.placeBefore({});
    chunk->arrived = m_about.clock->now();
    chunk->passed = std::exchange(m_untold, {});
    chunk->file = m_current->path;
    chunk->before = {behind.offset, behind.checksum};
    chunk->length = m_current->length;
    chunk->skipping = behind.skipping;
    chunk->bytesDone = m_doneBefore + behind.offset - m_current->from;
    chunk->messages = ReceivedMessages(m_about.wanted);
    addRows(piece, *chunk);
    const std::size_t bytes = chunk->messages.bytes();
    out.give(std::move(chunk), bytes);
}

void WebhdfsReader::addRows(const FilePiece& piece, WebhdfsChunk& chunk) {
    ReceivedMessage message;
    message.topic = m_current->path;
    message.timestamp = m_current->changed;
    std::string_view rest = piece.view();
    std::uint64_t at = piece.origin + piece.begin;
    while (!rest.empty()) {
        const std::size_t end = piece.overlong ? rest.size() : m_about.framing->firstRow(rest, true);
        const std::string_view row = rest.substr(0, end);
        message.value = piece.overlong ? row : m_about.framing->messageOf(row);
        message.offset = static_cast<std::int64_t>(at);
        rest.remove_prefix(end);
        at += end;
        if (std::exchange(m_headLeft, false)) continue;
        if (message.value->empty() && !m_about.reading.blank) continue;
        chunk.overlong = piece.overlong;
        chunk.messages.add(message);
    }
}

void WebhdfsReader::finishFile(ReadOutput& out) {
    const std::uint64_t hash = hashOfPath(m_current->path);
    const bool none = m_current->from == m_current->length;  // but what was read before
    const WebhdfsLength length{m_current->length, none ? m_current->checksum : m_cutter.taken().checksum()};
    m_passed[hash] = length;
    m_untold.push_back({hash, length});
    m_toldReplaced.erase(hash);
    m_doneBefore += m_current->length - m_current->from;
    m_current.reset();
    auto chunk = std::make_unique<WebhdfsChunk>();
    chunk->arrived = m_about.clock->now();
    chunk->passed = std::exchange(m_untold, {});
    chunk->bytesDone = m_doneBefore;
    out.give(std::move(chunk), sizeof(WebhdfsChunk));
}

Status WebhdfsReader::lose(const Status& why, ReadOutput& out) {
    if (!m_about.reading.follow) return why;
    out.note(RW_TEXT("hadoop", "“%1” was removed before it was read to its end.").with(m_current->path));
    leaveCurrent();
    return {};
}

Result<SourceReader::Read> WebhdfsReader::cutOff(const Status& why, ReadOutput& out) {
    if (why.error().code != ErrorCode::Io) return why;
    const std::int64_t now = m_about.clock->steadyMillis();
    const std::optional<Millis>& after = m_about.reading.giveUpAfter;
    if (after && m_cutSince >= 0 && now - m_cutSince >= *after) return why;
    m_backOff = std::clamp(m_backOff * 2, kFirstBackOff, kLongestBackOff);
    const Millis pause = std::max(m_backOff, m_client.notBefore());
    m_tryAt = now + pause;
    m_client.reset();
    out.tell(
        PartitionState::Disconnected,
        RW_TEXT("http", "%1 It is asked again after %2.").with(why.error().message, durationText(pause)));
    m_about.board->retryAt(m_real->now() + pause);
    if (m_cutSince < 0) m_cutSince = now;
    const std::string said = english(why.error().message);
    if (std::exchange(m_toldCut, said) != said)
        out.note(RW_TEXT("http", "%1 It is asked again until it answers.").with(why.error().message));
    return Read::Some;
}

}  // namespace rw

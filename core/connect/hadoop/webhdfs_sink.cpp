#include "core/connect/hadoop/webhdfs_sink.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <atomic>
#include <charconv>

#include "core/base/figures.h"
#include "core/data/state_reader.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr const char *kPart = "part-", *kInProgress = ".inprogress";
constexpr std::size_t kDigits = 8;
constexpr Millis kAbortWithin = 400;

/// Names the run, and those that resume it. Of a run without checkpoints it has to differ from all others.
std::string lineOf(const MakeContext& context) {
    static std::atomic<std::uint64_t> made{0};
    const auto clock = systemClock();
    const std::string named = context.checkpoints.empty()
                                  ? fmt::format("{} {} {} {} {}", context.node, context.clock->now(),
                                                clock->now(), clock->steadyMillis(), ++made)
                                  : fmt::format("{}/{}", context.checkpoints, context.node);
    return fmt::format("{:016x}", XXH3_64bits(named.data(), named.size()));
}

std::string nameOf(const std::string& line, std::uint64_t number, const std::string& ending) {
    return fmt::format("{}{}-{:0{}}{}", kPart, line, number, kDigits, ending);
}

/// The number of a file of the line, be it in progress or not.
std::optional<std::uint64_t> numberIn(std::string_view name, const std::string& line) {
    if (name.starts_with('.')) name.remove_prefix(1);
    const std::string begin = kPart + line + '-';
    if (!name.starts_with(begin)) return std::nullopt;
    name.remove_prefix(begin.size());
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    const bool whole = error == std::errc() && (end == name.data() + name.size() || *end == '.');
    return whole ? std::optional(number) : std::nullopt;
}

}  // namespace

WebhdfsSink::WebhdfsSink(const WebhdfsTarget& target, const MakeContext& context, NodeConnection connection)
    : m_target(target),
      m_inEpochs(!context.checkpoints.empty()),
      m_bounded(context.bounded),
      m_clock(context.clock),
      m_encoder(makeMessageEncoder(target.encoder)),
      m_address(connection.field("address")),
      m_files(std::move(connection), target.giveUpAfter, context.stopping),
      m_line(lineOf(context)) {}

WebhdfsSink::~WebhdfsSink() = default;

std::string WebhdfsSink::finalPath(const Staged& file) const {
    return joinedPath(file.folder, nameOf(m_line, file.number, file.ending));
}

std::string WebhdfsSink::stagedPath(const Staged& file) const {
    return joinedPath(file.folder, '.' + nameOf(m_line, file.number, file.ending) + kInProgress);
}

Status WebhdfsSink::open() {
    m_files.hastenStart(true);
    std::string nearest = m_target.folder;
    RW_TRY_ASSIGN(const std::optional<WebhdfsStatus> folder, m_files.state(nearest));
    if (folder && !folder->folder) {
        return {
            ErrorCode::Invalid,
            RW_TEXT("hadoop", "“%1” is a file, and rows are written into a folder.").with(m_target.folder),
            RW_TEXT("hadoop", "Choose a folder, or one that is not there yet.")};
    }
    for (bool there = folder.has_value(); !there && nearest != "/";) {
        nearest = nearest.substr(0, std::max<std::size_t>(nearest.rfind('/'), 1));
        RW_TRY_ASSIGN(const std::optional<WebhdfsStatus> above, m_files.state(nearest));
        there = above.has_value();
    }
    // The first file may be written much later.
    RW_TRY(m_files.mayWriteInto(nearest));
    m_files.hastenStart(false);
    return {};
}

std::string WebhdfsSink::form() const {
    return fmt::format("{} {} {}", static_cast<int>(m_target.encoder.format), m_target.ending, m_target.head);
}

Status WebhdfsSink::onBatch(const Batch& batch) {
    if (!m_rows.empty() && m_form != form()) RW_TRY(finishFile());
    m_messages.clear();
    for (const sql::RowError& error : m_encoder->encode(batch, m_messages))
        leaveOut(batch, error.row, error.reason);
    const bool text = m_target.encoder.format == FormatKind::Text;
    for (std::size_t i = 0; i < m_messages.size(); ++i) {
        const std::string_view row = m_messages.value(i).value_or(std::string_view());
        if (text && row.find('\n') != std::string_view::npos) {
            leaveOut(batch, m_messages.row(i),
                     RW_TEXT("hadoop", "A text with a line break would be two rows of the file."));
            continue;
        }
        if (m_rows.empty()) {
            m_firstAt = m_clock->now();
            m_rows = m_target.head;
            m_ending = m_target.ending;
            m_form = form();
        }
        m_rows += row;
        m_rows += '\n';
        if (m_rows.size() >= m_target.rollBytes) RW_TRY(finishFile());
    }
    return rollByAge();
}

void WebhdfsSink::leaveOut(const Batch& batch, std::size_t row, const Text& reason) {
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    m_unwritable.push_back({rowText(batch, row), position, reason});
}

bool WebhdfsSink::isOld() const {
    return !m_rows.empty() && m_clock->now() - m_firstAt >= m_target.rollAfter;
}

/// With checkpoints it is done at a barrier: the file gets its name behind one in any case.
Status WebhdfsSink::rollByAge() {
    return !m_inEpochs && isOld() ? finishFile() : Status();
}

Status WebhdfsSink::finishFile() {
    if (m_rows.empty()) return {};
    const Staged file{m_target.folder, m_ending, m_next, m_rows.size()};
    RW_TRY(m_files.create(stagedPath(file), m_rows));
    m_staged.push_back(file);
    ++m_next;
    m_rows = {};
    return m_inEpochs || m_bounded ? Status() : placeBefore(m_next);
}

Status WebhdfsSink::prepare(Epoch) {
    const bool keeps = m_inEpochs && !m_last && !isOld() && m_rows.size() <= kMostInCheckpoint;
    if (!keeps) RW_TRY(finishFile());
    m_prepared = m_next;
    return {};
}

Status WebhdfsSink::commit(Epoch) {
    if (m_inEpochs && !m_begun) {
        RW_TRY(cleanUp(m_target.folder));
        if (!m_oldFolder.empty() && m_oldFolder != m_target.folder) RW_TRY(cleanUp(m_oldFolder));
        m_begun = true;
    }
    return placeBefore(m_prepared);
}

Status WebhdfsSink::placeBefore(std::uint64_t number) {
    while (!m_staged.empty() && m_staged.front().number < number) {
        RW_TRY(place(m_staged.front()));
        m_staged.erase(m_staged.begin());
        ++m_placed;
    }
    return {};
}

Status WebhdfsSink::place(const Staged& file) {
    const std::string from = stagedPath(file), to = finalPath(file);
    RW_TRY_ASSIGN(const bool renamed, m_files.rename(from, to));
    if (renamed) return {};
    // It was renamed before: by a run that was killed then, or by a request whose answer was lost.
    RW_TRY_ASSIGN(const std::optional<WebhdfsStatus> left, m_files.state(from));
    RW_TRY_ASSIGN(const std::optional<WebhdfsStatus> there, m_files.state(to));
    if (!left) {
        // Who reads the folder may move files away as soon as they are there.
        if (!there || there->bytes != file.bytes)
            m_notes.push_back(
                RW_TEXT("hadoop",
                        "“%1” is no longer as the run before has written it: somebody has taken it.")
                    .with(to));
        return {};
    }
    return {
        ErrorCode::Invalid,
        there ? RW_TEXT("hadoop", "“%1” is there already, and not of this run.").with(to)
              : RW_TEXT("hadoop", "“%1” can't be renamed to “%2”.").with(from, to),
        RW_TEXT("hadoop", "See who else writes into that folder, and whether this user may rename there.")};
}

Status WebhdfsSink::cleanUp(const std::string& folder) {
    RW_TRY_ASSIGN(const std::vector<WebhdfsStatus> listing, m_files.list(folder));
    std::uint64_t removed = 0;
    for (const WebhdfsStatus& each : listing) {
        const std::optional<std::uint64_t> number = numberIn(each.name, m_line);
        if (!number || each.folder) continue;
        const bool staged = each.name.starts_with('.');
        const bool kept = staged && std::any_of(m_staged.begin(), m_staged.end(), [&](const Staged& file) {
                              return file.number == *number && file.folder == folder;
                          });
        if (kept || (!staged && *number < m_known)) continue;
        RW_TRY(m_files.remove(joinedPath(folder, each.name)));
        if (!staged) ++removed;
    }
    if (removed > 0)
        m_notes.push_back(figures::counted(
            removed,
            RW_TEXT("hadoop", "A file with rows behind the checkpoint was removed: they are written again."),
            RW_TEXT("hadoop",
                    "%1 files with rows behind the checkpoint were removed: they are written again.")));
    return {};
}

void WebhdfsSink::abort() {
    m_rows.clear();
    // What waits for a decision stays: the run that resumes gives it its name, or removes it.
    const std::uint64_t from = m_inEpochs ? m_prepared : 0;
    std::vector<Staged> given;
    for (const Staged& file : std::exchange(m_staged, {}))
        if (file.number >= from) given.push_back(file);
    if (given.empty()) return;
    m_files.hurryAtEnd(kAbortWithin);
    std::size_t left = 0;
    for (const Staged& file : given) left += m_files.remove(stagedPath(file)).ok() ? 0 : 1;
    if (left > 0)
        m_notes.push_back(
            RW_TEXT("hadoop", "Files that were not finished stay in “%1”; their names end in %2.")
                .with(m_target.folder, kInProgress));
}

Status WebhdfsSink::snapshot(StateWriter& out) const {
    if (!m_inEpochs) return {};
    out.bytes("line", m_line);
    out.bytes("connection", m_target.connection);
    out.bytes("address", m_address);
    out.bytes("folder", m_target.folder);
    out.u64("next", m_next);
    out.i64("first_at", m_firstAt);
    out.bytes("rows", m_rows);
    out.bytes("ending", m_ending);
    out.bytes("form", m_form);
    for (const Staged& file : m_staged) {
        out.record("file", 1, [&file](StateWriter& record) {
            record.bytes("folder", file.folder);
            record.bytes("ending", file.ending);
            record.u64("number", file.number);
            record.u64("bytes", file.bytes);
        });
    }
    return {};
}

Status WebhdfsSink::restore(const StateReader& state) {
    if (!m_inEpochs || !state.has("line")) return {};
    RW_TRY_ASSIGN(const std::string_view line, state.bytes("line"));
    RW_TRY_ASSIGN(const std::string_view folder, state.bytes("folder"));
    RW_TRY_ASSIGN(const std::string_view rows, state.bytes("rows"));
    RW_TRY_ASSIGN(const std::string_view collected, state.bytes("ending"));
    RW_TRY_ASSIGN(const std::string_view written, state.bytes("form"));
    RW_TRY_ASSIGN(m_next, state.u64("next"));
    RW_TRY_ASSIGN(m_firstAt, state.i64("first_at"));
    m_line = line;
    m_oldFolder = folder;
    m_rows = rows;
    m_ending = collected;
    m_form = written;
    RW_TRY_ASSIGN(const std::vector<StateReader> files, state.records("file"));
    for (const StateReader& record : files) {
        Staged file;
        RW_TRY_ASSIGN(const std::string_view within, record.bytes("folder"));
        RW_TRY_ASSIGN(const std::string_view ending, record.bytes("ending"));
        RW_TRY_ASSIGN(file.number, record.u64("number"));
        RW_TRY_ASSIGN(file.bytes, record.u64("bytes"));
        file.folder = within;
        file.ending = ending;
        if (file.number >= m_next || (!m_staged.empty() && m_staged.back().number >= file.number))
            return brokenState("numbers of files");
        m_staged.push_back(std::move(file));
    }
    RW_TRY(waitHere(state));
    m_known = m_prepared = m_next;
    return {};
}

Status WebhdfsSink::waitHere(const StateReader& state) const {
    if (m_staged.empty() || !state.has("connection")) return {};
    RW_TRY_ASSIGN(const std::string_view connection, state.bytes("connection"));
    RW_TRY_ASSIGN(const std::string_view address, state.bytes("address"));
    // A connection may have been renamed, or lead to the NameNode that is active now.
    if (connection == m_target.connection || address == m_address) return {};
    return {
        ErrorCode::Invalid,
        RW_TEXT("hadoop", "Files of the run before wait for their names behind the connection “%1”, at %2.")
            .with(std::string(connection), std::string(address)),
        RW_TEXT("hadoop",
                "Resume with that connection until there is another checkpoint, or start the run anew.")};
}

std::vector<Text> WebhdfsSink::takeNotes() {
    std::vector<Text> notes = std::exchange(m_notes, {});
    for (Text& note : m_files.takeNotes()) notes.push_back(std::move(note));
    return notes;
}

}  // namespace rw

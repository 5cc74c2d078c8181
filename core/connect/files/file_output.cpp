#include "core/connect/files/file_output.h"

#include <filesystem>

#include "core/base/figures.h"
#include "core/connect/files/epoch_record.h"
#include "core/connect/files/output_lock.h"
#include "core/connect/files/output_path.h"
#include "core/connect/files/system_output_files.h"

namespace rw {

namespace {

constexpr std::size_t kLarge = std::size_t{256} << 10;
constexpr const char* kStandardOutput = "-";
constexpr Millis kLookMillis = 20;
constexpr Millis kPatience = 500;
constexpr Millis kShowMillis = 100;

}  // namespace

FileOutput::FileOutput(std::string path, Placing placing, OutputMeans means)
    : m_path(std::move(path)),
      m_placing(placing),
      m_files(outputFilesOr(std::move(means.files))),
      m_clock(means.clock ? std::move(means.clock) : systemClock()),
      m_stopping(std::move(means.stopping)) {}

FileOutput::~FileOutput() {
    abort();
}

Status FileOutput::open() {
    m_buffer.reserve(2 * kLarge);
    if (m_path != kStandardOutput) RW_TRY(checkOutputFolder(*m_files, m_path));
    Status status = isReplaceable() ? openReplaceable() : openOther();
    m_broken = !status.ok();
    return status;
}

bool FileOutput::isReplaceable() const {
    if (m_path == kStandardOutput || isSystemName(m_path)) return false;
    const Result<FileState> found = m_files->state(m_path);
    return found.ok() ? found->kind == FileState::Kind::Regular : found.error().code == ErrorCode::NotFound;
}

Status FileOutput::openReplaceable() {
    m_target = m_files->target(m_path);
    RW_TRY_ASSIGN(m_claim, m_files->claim(m_path, {}, OutputClaim::Mode::Alone));
    if (m_claim->unguarded()) m_notes.push_back(unguardedNote(m_path));
    // A file that may not be written may not be replaced either.
    RW_TRY(m_files->mayWrite(m_target, m_path));
    if (m_placing == Placing::InPlace) {
        RW_TRY_ASSIGN(m_file, m_files->open(m_target, m_path));
        return {};
    }
    m_staging = stagingPath(m_target);
    // Made now where it can be, so that a folder that takes no files is known at once.
    const Result<FileState> left = m_files->state(m_staging);
    return !left.ok() && left.error().code == ErrorCode::NotFound ? createStaged() : Status();
}

Status FileOutput::createStaged() {
    RW_TRY_ASSIGN(m_file, m_files->create(m_staging, m_target, m_path));
    return {};
}

Status FileOutput::openOther() {
    if (m_path == kStandardOutput) {
        m_file = m_files->standardOutput();
        return {};
    }
    RW_TRY_ASSIGN(m_file, m_files->open(m_path, m_path));
    return {};
}

Status FileOutput::begin() {
    if (m_began) return {};
    // The staged file of a killed run: no other process has the claim.
    if (!m_target.empty() && (m_staging.empty() || !m_file)) m_files->remove(stagingPath(m_target));
    if (!m_file) RW_TRY(createStaged());
    m_began = true;
    const bool empties = !m_target.empty() && m_staging.empty();
    if (empties) {
        RW_TRY(m_file->clear());
        forgetEpochs(*m_files, m_target);  // no run resumes with its content
    }
    return write(m_head);
}

/// A file written in place that was removed is made again.
Status FileOutput::findAgain() {
    if (m_target.empty() || !m_staging.empty()) return {};
    RW_TRY_ASSIGN(const FileState open, m_file->state());
    const Result<FileState> named = m_files->state(m_target);
    if (named.ok() && named->sameFile(open)) {
        if (open.size < m_size) return goOnInEmptied(open.size);
        m_size = open.size;  // others may have added to it
        return {};
    }
    if (named.ok() && named->size > 0) {
        return {ErrorCode::Io,
                RW_TEXT("files", "“%1” was replaced by another file while the run wrote it.").with(m_path),
                RW_TEXT("files", "Run again, and let nobody else write there.")};
    }
    RW_TRY_ASSIGN(auto anew, m_files->open(m_target, m_path));
    m_file = std::move(anew);
    m_size = 0;
    m_notes.push_back(
        RW_TEXT("files",
                "“%1” was removed while the run wrote it. It was made anew, without the rows before.")
            .with(m_path));
    return write(m_head);
}

/// Writing on where it was would leave zeros before.
Status FileOutput::goOnInEmptied(std::uint64_t size) {
    if (size > 0) {
        return {ErrorCode::Io,
                RW_TEXT("files", "“%1” was shortened while the run wrote it: it has %2, and had %3.")
                    .with(m_path, figures::bytes(size), figures::count(m_size)),
                RW_TEXT("files", "Run again, and let nobody else write there.")};
    }
    RW_TRY(m_file->cut(0));
    m_size = 0;
    m_notes.push_back(
        RW_TEXT("files",
                "“%1” was emptied while the run wrote it. It goes on at its beginning, without the rows "
                "before.")
            .with(m_path));
    return write(m_head);
}

bool FileOutput::patienceEnds() {
    if (!m_stopping || !m_stopping()) return false;
    const std::int64_t now = m_clock->steadyMillis();
    if (!m_stoppedAt) m_stoppedAt = now;
    return now - *m_stoppedAt >= kPatience;
}

/// Waits until the other side takes something; false when it is given up.
bool FileOutput::writable() {
    while (!patienceEnds()) {
        const std::int64_t began = m_clock->steadyMillis();
        if (m_file->awaitWritable(kLookMillis)) return true;
        (void)m_clock->skipTo(began + kLookMillis);
    }
    return false;
}

Status FileOutput::passOn(std::string_view text) {
    while (!text.empty()) {
        if (m_lost > 0 || (m_file->waits() && !writable())) {
            m_lost += text.size();
            return {};
        }
        RW_TRY_ASSIGN(const std::size_t taken, m_file->write(text));
        text.remove_prefix(taken);
        m_size += taken;
    }
    return {};
}

/// Of a file in place, text that the disk takes only in part is taken back: a torn row would stay.
Status FileOutput::write(std::string_view text) {
    const std::uint64_t before = m_size;
    Status status = passOn(text);
    if (status.ok() || m_target.empty() || !m_staging.empty() || m_size == before) return status;
    // Unless another program has added something, which is not ours to cut.
    const Result<FileState> now = m_file->state();
    if (now.ok() && now->size == m_size && m_file->cut(before).ok()) m_size = before;
    return status;
}

Status FileOutput::flushIfLarge() {
    return m_buffer.size() >= kLarge ? flush() : Status();
}

Status FileOutput::show() {
    if (m_staging.empty()) return flush();
    const std::int64_t now = m_clock->steadyMillis();
    if (now < m_showsAgainAt) return {};
    m_showsAgainAt = now + kShowMillis;
    return flush();
}

Status FileOutput::flush() {
    Status status = begin();
    if (status.ok()) status = findAgain();
    if (status.ok()) status = write(m_buffer);
    m_buffer.clear();
    m_broken = m_broken || !status.ok();
    return status;
}

Status FileOutput::prepare() {
    RW_TRY(flush());
    m_prepared = true;
    if (m_staging.empty()) return {};
    RW_TRY_ASSIGN(const FileState open, m_file->state());
    const Result<FileState> named = m_files->state(m_staging);
    if (!named.ok() || !named->sameFile(open)) {
        return {ErrorCode::Io, RW_TEXT("files", "“%1” was removed while the run wrote it.").with(m_staging),
                RW_TEXT("files", "Run again; “%1” is as it was before.").with(m_path)};
    }
    if (open.size != m_size) {
        return {ErrorCode::Io,
                RW_TEXT("files", "“%1” was changed while the run wrote it: it has %2, and had %3.")
                    .with(m_staging, figures::bytes(open.size), figures::count(m_size)),
                RW_TEXT("files", "Run again; “%1” is as it was before.").with(m_path)};
    }
    return m_file->sync();
}

Status FileOutput::commit() {
    if (m_closed) return {};
    if (!m_prepared) RW_TRY(prepare());
    const Status closed = m_file->close();
    m_broken = !closed.ok();
    RW_TRY(closed);
    if (!m_staging.empty()) {
        RW_TRY(m_files->rename(m_staging, m_target, m_path));
        forgetEpochs(*m_files, m_target);
    }
    m_closed = true;
    m_claim.reset();
    return {};
}

void FileOutput::abort() {
    if (m_closed) return;
    m_closed = true;
    if (m_file && m_staging.empty() && !m_broken && (m_began || !m_buffer.empty())) (void)flush();
    const bool isStaged = m_file && !m_staging.empty();
    m_file.reset();
    if (isStaged) m_files->remove(m_staging);
    m_claim.reset();
}

Status FileOutput::close() {
    RW_TRY(prepare());
    return commit();
}

std::vector<Text> FileOutput::takeNotes() {
    if (m_closed && m_lost > 0) {
        m_notes.push_back(
            figures::counted(
                m_lost,
                RW_TEXT("files", "Nobody took the end of what was written to “%1”: 1 byte was given up."),
                RW_TEXT("files", "Nobody took the end of what was written to “%2”: %1 bytes were given up."))
                .with(m_path));
        m_lost = 0;
    }
    return std::exchange(m_notes, {});
}

Status checkOutputFolder(const OutputFiles& files, const std::string& path) {
    const std::string folder = std::filesystem::path(path).parent_path().native();
    if (folder.empty()) return {};
    const Result<FileState> found = files.state(folder);
    if (found.ok() && found->kind == FileState::Kind::Folder) return {};
    if (found.ok()) {
        return {ErrorCode::Invalid, RW_TEXT("files", "“%1” is not a folder.").with(folder),
                RW_TEXT("files", "Choose another path.")};
    }
    return {ErrorCode::NotFound, RW_TEXT("files", "There is no folder “%1”.").with(folder),
            RW_TEXT("files", "Create it, or choose another path.")};
}

Status checkOutputFolder(const std::string& path) {
    return checkOutputFolder(*systemOutputFiles(), path);
}

}  // namespace rw

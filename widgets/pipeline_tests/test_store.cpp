#include "widgets/pipeline_tests/test_store.h"

#include <QFileInfo>
#include <filesystem>
#include <optional>
#include <utility>

#include "core/base/whole_file.h"
#include "core/pipeline/json/json.h"

namespace rw::ui {

namespace {

namespace fs = std::filesystem;

Status otherPipeline(const PipelineTestFile& tests, const std::string& file, const std::string& pipeline) {
    RW_TRY_ASSIGN(const std::string tested, testedPipeline(tests, file));
    std::error_code failed;
    if (fs::weakly_canonical(tested, failed) == fs::weakly_canonical(pipeline, failed)) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("pipeline_tests", "These are tests of another pipeline: “%1”.").with(tests.pipeline),
            RW_TEXT("pipeline_tests",
                    "Correct “pipeline” in the file, or give the file the name of its own "
                    "pipeline.")};
}

}  // namespace

struct TestStore::Known {
    /// Another one after each write.
    struct FileState {
        bool there = false;
        fs::file_time_type written{};
        std::uintmax_t size = 0;
        bool operator==(const FileState&) const = default;
    };
    FileState stateNow() const {
        std::error_code failed;
        FileState now;
        now.there = fs::exists(file, failed);
        if (!now.there) return now;
        now.written = fs::last_write_time(file, failed);
        now.size = fs::file_size(file, failed);
        return now;
    }

    std::string file{}, pipeline{};
    FileState state{};
    std::optional<std::string> text{};  ///< that was read or written last; nothing: there was no file
    bool looked = false;
};

struct TestStore::Found {
    bool there = false;
    Status broken{};
    PipelineTestFile tests{};
};

TestStore::TestStore(QObject* parent) : QObject(parent) {}

void TestStore::open(const QString& pipeline) {
    m_pipeline = pipeline;
    m_file = pipeline.isEmpty() ? QString() : QString::fromStdString(testsBeside(pipeline.toStdString()));
    m_known = std::make_shared<Known>();
    m_known->file = m_file.toStdString();
    m_known->pipeline = pipeline.toStdString();
    m_worker.abandon();
    m_pending = 0;
    m_read = m_there = false;
    m_broken = m_error = {};
    m_tests = m_kept = std::make_shared<PipelineTestFile>();
    m_before.clear();
    m_trouble = Trouble::None;
    if (!m_file.isEmpty()) read(true);
    Q_EMIT changed();
}

/// An answer about a file that is not this one any more is dropped.
void TestStore::ask(std::function<std::function<void()>(Known& known)> work) {
    ++m_pending;
    m_worker.start([this, home = m_home, known = m_known, work = std::move(work)] {
        std::function<void()> take = work(*known);
        home.send([this, known, take = std::move(take)] {
            if (known != m_known) return;
            --m_pending;
            if (take) take();
        });
    });
}

void TestStore::look() {
    if (!m_file.isEmpty() && m_pending == 0 && m_trouble == Trouble::None) read(false);
}

void TestStore::read(bool always) {
    ask([this, always](Known& known) -> std::function<void()> {
        const Known::FileState state = known.stateNow();
        if (!always && known.looked && state == known.state) return {};
        known.looked = true;
        known.state = state;
        const std::optional<std::string> before = std::exchange(known.text, std::nullopt);
        Found found;
        found.there = state.there;
        if (state.there) {
            Result<std::string> text = readPipelineText(known.file);
            found.broken = text.status();
            if (text.ok()) {
                known.text = *std::move(text);
                if (!always && known.text == before) return {};
                Result<PipelineTestFile> tests = loadTests(*known.text);
                found.broken =
                    tests.ok() ? otherPipeline(*tests, known.file, known.pipeline) : tests.status();
                if (tests.ok()) found.tests = *std::move(tests);
            }
        }
        return [this, found = std::make_shared<Found>(std::move(found))] { take(std::move(*found)); };
    });
}

void TestStore::take(Found found) {
    m_read = true;
    m_there = found.there;
    m_broken = found.broken;
    if (found.tests.pipeline.empty()) found.tests.pipeline = QFileInfo(m_pipeline).fileName().toStdString();
    m_tests = std::make_shared<PipelineTestFile>(std::move(found.tests));
    m_kept = m_tests;
    m_before.clear();  // they would undo what another program did, too
    m_trouble = Trouble::None;
    m_error = {};
    Q_EMIT changed();
}

void TestStore::change(PipelineTestFile tests, const QString& what) {
    if (!m_read || !m_broken.ok() || tests == *m_tests) return;
    m_before.push_back({std::exchange(m_tests, std::make_shared<PipelineTestFile>(std::move(tests))), what});
    if (m_before.size() > kMostUndone) m_before.erase(m_before.begin());
    if (m_trouble != Trouble::ChangedOutside) write(false);
    Q_EMIT changed();
}

QString TestStore::undoes() const {
    return m_before.empty() ? QString() : m_before.back().what;
}

void TestStore::undo() {
    if (m_before.empty()) return;
    m_tests = std::move(m_before.back().tests);
    m_before.pop_back();
    if (m_trouble != Trouble::ChangedOutside) write(false);
    Q_EMIT changed();
}

void TestStore::writeAnyway() {
    write(true);
}

void TestStore::tryAgain() {
    write(false);
}

void TestStore::takeTheirs() {
    read(true);
}

void TestStore::write(bool anyway) {
    ask([this, anyway, tests = m_tests](Known& known) -> std::function<void()> {
        const std::string text = saveTests(*tests);
        // A file that could not be read again is never written.
        if (Status loads = loadTests(text).status(); !loads.ok())
            return [this, loads] { takeWritten(loads, false, {}); };
        // Other windows of this program wait for their turn between the look and the write.
        const FolderTurn turn(fs::path(known.file).parent_path().native());
        const bool there = known.stateNow().there;
        std::optional<std::string> now;
        if (there) {
            if (Result<std::string> read = readPipelineText(known.file); read.ok()) now = *std::move(read);
        }
        if (!anyway && (now != known.text || there != now.has_value()))
            return [this] { takeWritten({}, true, {}); };
        const Status written = writePipelineText(text, known.file);
        if (written.ok()) {
            known.text = text;
            known.state = known.stateNow();
        }
        return [this, written, tests] { takeWritten(written, false, tests); };
    });
}

void TestStore::takeWritten(const Status& status, bool conflict, const TestFileRef& written) {
    const bool invalid = !status.ok() && status.error().code == ErrorCode::Invalid;
    if (invalid && m_pending > 0) return;  // what was changed next counts
    if (invalid) {
        // What was changed on top of it goes, too.
        while (!m_before.empty() && m_tests != m_kept) {
            m_tests = std::move(m_before.back().tests);
            m_before.pop_back();
        }
        m_tests = m_kept;
        Q_EMIT refused(status);
    } else if (conflict || !status.ok()) {
        m_trouble = conflict ? Trouble::ChangedOutside : Trouble::NotWritten;
        m_error = status;
    } else {
        m_trouble = Trouble::None;
        m_error = {};
        m_there = true;
        m_kept = written;
    }
    Q_EMIT changed();
}

}  // namespace rw::ui

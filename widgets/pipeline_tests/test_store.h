// The file of tests beside a pipeline: read and written in the background, each change at once and whole,
// with undo. What another program wrote is noticed, and never overwritten without a question.
#pragma once
#include <QObject>
#include <memory>
#include <vector>

#include "core/pipeline_tests/test_file.h"
#include "widgets/background/background.h"
#include "widgets/background/worker.h"

namespace rw::ui {

using TestFileRef = std::shared_ptr<const PipelineTestFile>;

class TestStore : public QObject {
    Q_OBJECT
 public:
    enum class Trouble {
        None,
        ChangedOutside,  ///< the file holds something else, or is gone: it was not written
        NotWritten       ///< error() says why
    };
    static constexpr std::size_t kMostUndone = 100;

    explicit TestStore(QObject* parent = nullptr);

    /// Turns to the tests beside that pipeline (absolute; empty: it has no file), and reads them. What was
    /// not written is gone.
    void open(const QString& pipeline);
    /// The path of the tests; empty: the pipeline has no file.
    const QString& file() const { return m_file; }
    bool isOpen(const QString& pipeline) const { return m_pipeline == pipeline; }

    /// It was read; until then nothing is known.
    bool isRead() const { return m_read; }
    bool isThere() const { return m_there; }  ///< there is such a file
    /// Why the file can't be used: what is wrong, and where. Ok: it can, or there is none.
    const Status& broken() const { return m_broken; }
    const PipelineTestFile& tests() const { return *m_tests; }
    /// The same, for those who keep it; another one after each change.
    const TestFileRef& shared() const { return m_tests; }

    /// Looks whether the file is another by now.
    void look();
    bool isBusy() const { return m_pending > 0; }

    /// Puts `tests` in place and writes them. `what`: for undo, “Add a row”. Nothing while the file is
    /// broken, or not read.
    void change(PipelineTestFile tests, const QString& what);
    bool canUndo() const { return !m_before.empty(); }
    QString undoes() const;
    void undo();

    Trouble trouble() const { return m_trouble; }
    const Status& error() const { return m_error; }
    /// Writes what is here, whatever the file holds.
    void writeAnyway();
    /// The same after an error, if the file is what it was.
    void tryAgain();
    /// Takes what the file holds; what is here is gone.
    void takeTheirs();

 Q_SIGNALS:
    void changed();
    /// A change came to nothing, for no file could hold it: it was taken back.
    void refused(const rw::Status& why);

 private:
    struct Known;  ///< of the worker
    struct Found;  ///< by the worker in the file
    struct Change {
        TestFileRef tests{};
        QString what{};
    };
    void ask(std::function<std::function<void()>(Known& known)> work);
    void read(bool always);
    void take(Found found);
    void write(bool anyway);
    void takeWritten(const Status& status, bool conflict, const TestFileRef& written);

    QString m_pipeline{}, m_file{};
    std::shared_ptr<Known> m_known{};  ///< another one for each file
    Worker m_worker{};
    MainThreadReceiver m_home{this};
    int m_pending = 0;
    bool m_read = false, m_there = false;
    Status m_broken{}, m_error{};
    TestFileRef m_tests = std::make_shared<PipelineTestFile>();
    TestFileRef m_kept = m_tests;    ///< as they were read or written last
    std::vector<Change> m_before{};  ///< what undo brings back, the newest last
    Trouble m_trouble = Trouble::None;
};

}  // namespace rw::ui

// Runs tests in the background on the pipeline as it is in the window, edits that are not saved included.
#pragma once
#include <QObject>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/pipeline_tests/test_run.h"
#include "widgets/background/latest.h"

namespace rw::ui {

class PipelineDocument;

/// What came of a test.
struct TestResult {
    PipelineTest test{};  ///< as it was run
    TestOutcome outcome{};
    quint64 edition = 0;  ///< of the pipeline, see TestRunner::edition()
    int step = 0;         ///< the place in the undo stack at which it was run
    /// It passed before, and failed first after this step of undo; empty: not known.
    QString brokenBy{};
};
using TestResultRef = std::shared_ptr<const TestResult>;

/// The newest question wins: tests that wait stay behind those that are asked for, on the pipeline as it is
/// then.
class TestRunner : public QObject {
    Q_OBJECT
 public:
    static constexpr double kSlow = 5;  ///< seconds; slower tests are run by hand

    explicit TestRunner(PipelineDocument& document, QObject* parent = nullptr);

    /// It took longer than kSlow when it was run last.
    bool isSlow(const std::string& name) const;
    /// In place of kSlow, for tests of this: nobody waits so long there.
    void setSlow(double seconds) { m_slow = seconds; }

    /// Of the pipeline in that file, which need not hold what the window has.
    void run(const std::vector<PipelineTest>& tests);
    void cancel();
    bool isRunning() const { return m_latest.isWaiting(); }
    bool isWaiting(const std::string& name) const { return m_waiting.contains(name); }
    /// It waits or runs as it is, on the pipeline as it is.
    bool isUnderWay(const PipelineTest& test) const;
    /// The one under way; empty: none.
    const std::string& current() const { return m_current; }

    /// Notes whether the pipeline runs otherwise than at the last call.
    void follow();
    /// Grows with each change that follow() noted.
    quint64 edition() const { return m_edition; }
    /// Null: it was not run.
    TestResultRef resultOf(const std::string& name) const;
    /// The result is of a pipeline or a test that was another then, or there is none.
    bool isOlder(const PipelineTest& test) const;
    /// Another pipeline: no result counts any more, and what is under way ends.
    void forget();
    /// A test has another name.
    void rename(const std::string& from, const std::string& to);

 Q_SIGNALS:
    void changed();

 private:
    void take(TestResultRef result);

    PipelineDocument& m_document;
    std::shared_ptr<const Pipeline> m_seen;
    quint64 m_edition = 1;
    double m_slow = kSlow;
    std::map<std::string, TestResultRef> m_results{};
    std::map<std::string, PipelineTest> m_waiting{};
    quint64 m_runs = 0;  ///< the edition on which they are run
    std::string m_current{};
    Latest m_latest{this};
};

}  // namespace rw::ui

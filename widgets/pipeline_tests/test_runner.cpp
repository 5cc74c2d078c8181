#include "widgets/pipeline_tests/test_runner.h"

#include <QUndoStack>
#include <algorithm>
#include <utility>

#include "core/pipeline/diff.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

TestRunner::TestRunner(PipelineDocument& document, QObject* parent)
    : QObject(parent), m_document(document), m_seen(std::make_shared<Pipeline>(document.pipeline())) {}

void TestRunner::follow() {
    if (runAlike(*m_seen, m_document.pipeline())) return;
    m_seen = std::make_shared<Pipeline>(m_document.pipeline());
    ++m_edition;
}

TestResultRef TestRunner::resultOf(const std::string& name) const {
    const auto found = m_results.find(name);
    return found == m_results.end() ? nullptr : found->second;
}

bool TestRunner::isOlder(const PipelineTest& test) const {
    const TestResultRef result = resultOf(test.name);
    return !result || result->edition != m_edition || !(result->test == test);
}

bool TestRunner::isSlow(const std::string& name) const {
    const TestResultRef result = resultOf(name);
    return result && result->outcome.seconds > m_slow;
}

bool TestRunner::isUnderWay(const PipelineTest& test) const {
    const auto found = m_waiting.find(test.name);
    return found != m_waiting.end() && m_runs == m_edition && found->second == test;
}

void TestRunner::forget() {
    m_latest.drop();
    m_results.clear();
    m_waiting.clear();
    m_current.clear();
    follow();
    Q_EMIT changed();
}

void TestRunner::rename(const std::string& from, const std::string& to) {
    const auto found = m_results.find(from);
    if (found == m_results.end()) return;
    auto renamed = std::make_shared<TestResult>(*found->second);
    renamed->test.name = to;
    renamed->outcome.asItCame.name = to;
    m_results.erase(found);
    m_results[to] = std::move(renamed);
}

void TestRunner::cancel() {
    m_latest.drop();
    m_waiting.clear();
    m_current.clear();
    Q_EMIT changed();
}

void TestRunner::run(const std::vector<PipelineTest>& tests) {
    follow();
    std::vector<PipelineTest> wanted = tests;
    for (const PipelineTest& test : tests) m_waiting.erase(test.name);
    for (const auto& [name, test] : m_waiting) wanted.push_back(test);
    m_waiting.clear();
    for (const PipelineTest& test : wanted) m_waiting[test.name] = test;
    m_current.clear();
    m_runs = m_edition;
    if (wanted.empty()) return cancel();
    m_latest.ask(
        [this, wanted = std::move(wanted), pipeline = m_seen, file = m_document.path().toStdString(),
         catalogue = m_document.sharedCatalogue(), edition = m_edition, step = m_document.undoStack().index(),
         words = m_document.undoStack().undoText()](const Latest::Question& asked) {
            const Result<TestedPipeline> tested = testedOf(*pipeline, file, *catalogue);
            for (const PipelineTest& test : wanted) {
                if (asked.isDropped()) return;
                asked.tell([this, name = test.name] {
                    m_current = name;
                    Q_EMIT changed();
                });
                auto result = std::make_shared<TestResult>();
                result->test = test;
                result->edition = edition;
                result->step = step;
                result->brokenBy = words;
                if (tested.ok()) {
                    result->outcome = runTest(*tested, test, asked.flag());
                } else {
                    result->outcome.state = TestOutcome::State::NotRun;
                    result->outcome.error = tested.status();
                    result->outcome.asItCame = test;
                }
                asked.tell([this, result] { take(result); });
            }
        },
        [this] {
            m_current.clear();
            m_waiting.clear();
            QMetaObject::invokeMethod(this, &TestRunner::changed, Qt::QueuedConnection);
        });
    Q_EMIT changed();
}

void TestRunner::take(TestResultRef result) {
    using State = TestOutcome::State;
    auto taken = std::make_shared<TestResult>(*result);
    const TestResultRef before = resultOf(taken->test.name);
    const bool comparable = taken->outcome.state == State::Failed && before && before->test == taken->test;
    if (comparable && before->outcome.state == State::Failed) {
        taken->brokenBy = before->brokenBy;
    } else if (!comparable || before->outcome.state != State::Passed || before->edition == taken->edition ||
               taken->step < before->step || taken->step > before->step + 1) {
        taken->brokenBy.clear();  // several changes, or one that was undone
    }
    m_waiting.erase(taken->test.name);
    m_results[taken->test.name] = std::move(taken);
    Q_EMIT changed();
}

}  // namespace rw::ui

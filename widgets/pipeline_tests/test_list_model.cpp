#include "widgets/pipeline_tests/test_list_model.h"

#include <algorithm>

#include "core/base/figures.h"
#include "widgets/document/number_text.h"
#include "widgets/document/translated.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

struct StateLook {
    const char* icon;
    ColorRole role;
};

StateLook lookOf(TestState state) {
    switch (state) {
        case TestState::Passed:
            return {"check-circle", ColorRole::Ok};
        case TestState::Slow:
            return {"hourglass", ColorRole::Warn};
        case TestState::Failed:
            return {"error", ColorRole::Error};
        case TestState::NotRun:
            return {"blocked", ColorRole::Warn};
        case TestState::Running:
            return {"run", ColorRole::Accent};
        case TestState::Waiting:
        case TestState::NotYet:
            break;
    }
    return {"tests", ColorRole::Dim};
}

QString failureCaption(const TestOutcome& outcome) {
    std::size_t rows = 0, checks = 0;
    for (const TestFailure& failure : outcome.failures) {
        rows += failure.rows.missing + failure.rows.unexpected + failure.rows.changed;
        if (failure.rows.missing + failure.rows.unexpected + failure.rows.changed == 0) ++checks;
    }
    const Text rowWords = figures::counted(rows, RW_TEXT("tests panel", "1 row differs"),
                                           RW_TEXT("tests panel", "%1 rows differ"));
    const Text checkWords = figures::counted(checks, RW_TEXT("tests panel", "1 check is not met"),
                                             RW_TEXT("tests panel", "%1 checks are not met"));
    if (rows == 0) return translated(checkWords);
    if (checks == 0) return translated(rowWords);
    return translated(RW_TEXT("tests panel", "%1, %2").with(rowWords, checkWords));
}

}  // namespace

void TestListModel::set(const std::vector<PipelineTest>& tests) {
    const bool same = std::equal(tests.begin(), tests.end(), m_tests.begin(), m_tests.end(),
                                 [](const auto& a, const auto& b) { return a.name == b.name; });
    if (!same) beginResetModel();
    m_tests.clear();
    for (const PipelineTest& test : tests) m_tests.push_back({test.name, m_runner.isOlder(test)});
    if (!same) return endResetModel();
    refresh();
}

void TestListModel::refresh() {
    if (!m_tests.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

TestState TestListModel::stateOf(const std::string& name) const {
    if (m_runner.current() == name && m_runner.isRunning()) return TestState::Running;
    if (m_runner.isWaiting(name)) return TestState::Waiting;
    const TestResultRef result = m_runner.resultOf(name);
    if (!result) return TestState::NotYet;
    switch (result->outcome.state) {
        case TestOutcome::State::Passed:
            return m_runner.isSlow(name) ? TestState::Slow : TestState::Passed;
        case TestOutcome::State::Failed:
            return TestState::Failed;
        case TestOutcome::State::Skipped:  // elsewhere alone
        case TestOutcome::State::NotRun:
            break;
    }
    return TestState::NotRun;
}

TestCount TestListModel::count() const {
    TestCount count;
    for (const Entry& test : m_tests) {
        const TestResultRef result = m_runner.resultOf(test.name);
        if (!result) {
            ++count.open;
        } else if (result->outcome.state == TestOutcome::State::Passed) {
            ++count.passed;
        } else if (result->outcome.state == TestOutcome::State::Failed) {
            ++count.failed;
        } else {
            ++count.notRun;
        }
    }
    return count;
}

int TestListModel::rowOf(const std::string& name) const {
    const auto found =
        std::find_if(m_tests.begin(), m_tests.end(), [&](const Entry& test) { return test.name == name; });
    return found == m_tests.end() ? -1 : static_cast<int>(found - m_tests.begin());
}

QString TestListModel::captionOf(const Entry& test) const {
    const TestResultRef result = m_runner.resultOf(test.name);
    const auto aged = [&](const QString& words) {
        if (!test.older) return words;
        return translated(RW_TEXT("tests panel", "%1 · before the last change").with(words.toStdString()));
    };
    switch (stateOf(test.name)) {
        case TestState::NotYet:
            return tr("Not run yet");
        case TestState::Waiting:
            return tr("Waits");
        case TestState::Running:
            return tr("Runs");
        case TestState::Passed:
            return aged(tr("Passed"));
        case TestState::Slow:
            return aged(tr("Passed, but slow: run it by hand"));
        case TestState::Failed:
            return aged(tr("Failed: %1").arg(failureCaption(result->outcome)));
        case TestState::NotRun:
            break;
    }
    return aged(tr("Not run: %1").arg(translated(result->outcome.error.error().message)));
}

int TestListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_tests.size());
}

QVariant TestListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Entry& test = m_tests[static_cast<std::size_t>(index.row())];
    const QString name = shownText(QString::fromStdString(test.name));
    const TestResultRef result = m_runner.resultOf(test.name);
    switch (role) {
        case Qt::DisplayRole:
            return name;
        case Qt::ToolTipRole:
            return tipText(name + u'\n' + captionOf(test));
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1. %2").arg(name, captionOf(test));
        case kCaptionRole:
            return captionOf(test);
        case kTimeRole:
            return result ? tookText(result->outcome.seconds) : QString();
        case kIconRole:
            return QString::fromLatin1(lookOf(stateOf(test.name)).icon);
        case kColorRole:
            return static_cast<int>(test.older ? ColorRole::Dim : lookOf(stateOf(test.name)).role);
        case kOlderRole:
            return result && test.older;
        default:
            return {};
    }
}

}  // namespace rw::ui

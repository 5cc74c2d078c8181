// A step that expects a window to be open, or to have fired: in its dialog and in words.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/pipeline_tests/step_dialog.h"
#include "widgets/pipeline_tests/step_words.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

using Is = PipelineTestStep::Window;

struct StepFixture {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    PipelineTestStep step;

    StepFixture() {
        document.addNode({"rows", Json::object(), QStringLiteral("Orders")}, {0, 0});
        step.at = document.addNode(
            {"window_aggregate", Json{{"window", "tumble"}, {"size", "10s"}}, QStringLiteral("Per key")},
            {300, 0});
        step.verb = PipelineTestStep::Verb::ExpectWindow;
        step.window = Is::Fired;
        step.windowEnd = 1'709'294'410'000;  // 2024-03-01 12:00:10
    }
};

}  // namespace

class TestWindowStep : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void theDialogKeepsIt() {
        const StepFixture of;
        for (const Is is : {Is::NotThere, Is::Open, Is::Fired}) {
            PipelineTestStep step = of.step;
            step.window = is;
            const StepDialog dialog(of.document, step, false, nullptr);
            QVERIFY(dialog.step() == step);
        }
    }

    void onlyNodesWithWindowsCanBeNamed() {
        const StepFixture of;
        const StepDialog dialog(of.document, of.step, false, nullptr);
        QStringList places;
        for (const QComboBox* box : dialog.findChildren<QComboBox*>()) {
            if (box->findText(QStringLiteral("Per key")) < 0) continue;
            for (int i = 0; i < box->count(); ++i) places << box->itemText(i);
        }
        QCOMPARE(places, QStringList{QStringLiteral("Per key")});
    }

    void withoutATimeItIsNoStep() {
        const StepFixture of;
        StepDialog dialog(of.document, of.step, false, nullptr);
        QPushButton* change = nullptr;
        for (QPushButton* button : dialog.findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Change")) change = button;
        }
        QLineEdit* time = nullptr;
        for (QLineEdit* field : dialog.findChildren<QLineEdit*>()) {
            if (field->text().startsWith(QStringLiteral("2024-03-01 12:00:10"))) time = field;
        }
        QVERIFY(change != nullptr && time != nullptr);
        QVERIFY(change->isEnabled());
        time->setText(QStringLiteral("at noon"));
        QVERIFY(!change->isEnabled());
        time->setText(QStringLiteral("2024-03-01 12:00:20"));
        QVERIFY(change->isEnabled());
        QCOMPARE(dialog.step().windowEnd, of.step.windowEnd + 10'000);
    }

    void itIsToldInWords() {
        StepFixture of;
        QVERIFY(stepWords(of.document, of.step)
                    .startsWith(QStringLiteral("Expected: the window of “Per key” that ends at ")));
        QVERIFY(stepWords(of.document, of.step).endsWith(QStringLiteral(" has fired")));
        of.step.window = Is::Open;
        QVERIFY(stepWords(of.document, of.step).endsWith(QStringLiteral(" is open")));
        of.step.window = Is::NotThere;
        QVERIFY(stepWords(of.document, of.step)
                    .startsWith(QStringLiteral("Expected: no row for the window of ")));
    }
};

QTEST_MAIN(TestWindowStep)
#include "test_window_step.moc"

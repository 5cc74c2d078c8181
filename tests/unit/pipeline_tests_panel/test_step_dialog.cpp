// Steps that let time pass: made in the dialog, from the button of the panel into the file.
#include "tests/unit/pipeline_tests_panel/tests_fixture.h"

#include "widgets/pipeline_tests/step_dialog.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

using Verb = PipelineTestStep::Verb;

/// The box in which that can be chosen; null: there is none.
QComboBox* boxWith(const QWidget& dialog, const QString& text) {
    for (QComboBox* box : dialog.findChildren<QComboBox*>()) {
        if (box->findText(text) >= 0) return box;
    }
    return nullptr;
}

void chooseIn(QComboBox& box, const QString& text) {
    box.setCurrentIndex(box.findText(text));
}

/// The field of a step in which a text is typed and that is in sight: of a time or a duration the only one.
QLineEdit* fieldOf(const QWidget& dialog) {
    for (QLineEdit* field : dialog.findChildren<QLineEdit*>()) {
        if (field->isVisibleTo(&dialog)) return field;
    }
    return nullptr;
}

/// Presses *+ Step…*, and works on the dialog that opens as a person would.
void addStep(const TestsFixture& fixture, const std::function<void(QDialog&)>& work) {
    bool opened = false;
    QTimer looking;
    looking.callOnTimeout([&] {
        auto* const dialog = qobject_cast<StepDialog*>(QApplication::activeModalWidget());
        if (dialog == nullptr || std::exchange(opened, true)) return;
        work(*dialog);
        if (dialog->isVisible()) dialog->reject();  // else the test would wait for it
    });
    looking.start(20);
    fixture.press("+ Step…");
    QVERIFY(opened);
}

}  // namespace

class TestStepDialog : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void waitAndIdleAreGivenBack() {
        const TestsFixture fixture;
        PipelineTestStep wait;
        wait.verb = Verb::Advance;
        wait.millis = 90'000;
        QVERIFY(StepDialog(fixture.document, wait, false, nullptr).step() == wait);
        PipelineTestStep idle;
        idle.verb = Verb::Idle;
        idle.at = fixture.orders;
        QVERIFY(StepDialog(fixture.document, idle, false, nullptr).step() == idle);
    }

    void whatIsNoDurationIsNoStep() {
        const TestsFixture fixture;
        PipelineTestStep wait;
        wait.verb = Verb::Advance;
        wait.millis = 90'000;
        const StepDialog dialog(fixture.document, wait, false, nullptr);
        QPushButton& change = buttonIn(dialog, "Change");
        QLineEdit* const field = fieldOf(dialog);
        QVERIFY(field != nullptr && change.isEnabled());
        for (const char* none : {"", "soon", "-5s", "10", "5 apples", "100000d"}) {
            field->setText(QString::fromLatin1(none));
            QVERIFY2(!change.isEnabled(), none);
        }
        field->setText(QStringLiteral("2h"));
        QVERIFY(change.isEnabled());
        QCOMPARE(dialog.step().millis, Millis{7'200'000});
    }

    void theyComeIntoTheFile() {
        TestsFixture fixture;
        fixture.document.setParam(fixture.orders, "idle_timeout", "30s");
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        addStep(fixture, [](QDialog& dialog) {
            QComboBox* const verbs = boxWith(dialog, QStringLiteral("Time passes"));
            QVERIFY(verbs != nullptr);
            chooseIn(*verbs, QStringLiteral("Time passes"));
            QPushButton& add = buttonIn(dialog, "Add");
            QVERIFY(!add.isEnabled());  // it does not say how long
            QLineEdit* const field = fieldOf(dialog);
            QVERIFY(field != nullptr);
            field->setText(QStringLiteral("10s"));
            QVERIFY(add.isEnabled());
            add.click();
        });
        QTRY_VERIFY2(fixture.testsText().contains("\"advance\": \"10s\""), fixture.testsText().constData());
        addStep(fixture, [](QDialog& dialog) {
            const QString idle = QStringLiteral("A source is silent until it is idle");
            QComboBox* const verbs = boxWith(dialog, idle);
            QVERIFY(verbs != nullptr);
            chooseIn(*verbs, idle);
            QComboBox* const places = boxWith(dialog, QStringLiteral("Orders"));
            QVERIFY(places != nullptr);
            QCOMPARE(places->count(), 1);  // the one source
            QPushButton& add = buttonIn(dialog, "Add");
            QVERIFY(add.isEnabled());
            add.click();
        });
        const QByteArray words = "\"idle\": \"" + QByteArray::fromStdString(fixture.orders) + '"';
        QTRY_VERIFY2(fixture.testsText().contains(words), fixture.testsText().constData());
        QCOMPARE(fixture.panel->steps().test()->steps.size(), std::size_t{4});
    }
};

QTEST_MAIN(TestStepDialog)
#include "test_step_dialog.moc"

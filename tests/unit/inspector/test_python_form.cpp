// The form of a function in Python: its code, the question before it is run, what a trial shows.
#include <QDialog>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/editor/python_edit.h"
#include "widgets/inspector/fields/python_field.h"
#include "widgets/inspector/param_form.h"
#include "widgets/inspector/trials/python_trial_box.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

const Json kRows = {{"columns", {"price INT", "ts TIMESTAMP(3)"}},
                    {"rows", {{7, "2024-03-01 12:00:00"}}},
                    {"event_time", "ts"}};
constexpr char kCode[] = "def process(row):\n    return {'price': row['price'], 'twice': row['price'] * 2}\n";

struct PythonForm {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    ParamForm form{document};
    NodeId rows, python;

    explicit PythonForm(const std::string& code = kCode) {
        rows = document.addNode({"rows", kRows}, {0, 0});
        python = document.addNodeBehind({"python", {{"code", code}, {"columns", {"price INT", "twice INT"}}}},
                                        {300, 0}, {rows, "out"});
        form.resize(340, 1'600);
        form.show();
        form.setNode(python);
        if (!QTest::qWaitFor([this] { return document.isValidated(); }, 30'000)) qFatal("not validated");
    }
    PythonField& field() { return *form.findChild<PythonField*>(); }
    PythonEdit& edit() { return field().edit(); }
    PythonTrialBox& box() { return *form.findChild<PythonTrialBox*>(); }
    HintBox& hint(const char* name) { return *form.findChild<HintBox*>(QLatin1String(name)); }
    QTableWidget& result() { return *form.findChild<QTableWidget*>(QStringLiteral("tried")); }
    QString printed() { return form.findChild<QPlainTextEdit*>(QStringLiteral("printed"))->toPlainText(); }
    void tryCode() { form.findChild<QPushButton*>(QStringLiteral("tryCode"))->click(); }
    void agree() { Q_EMIT hint("askToTry").actionTriggered(0); }
    bool tried() {
        return QTest::qWaitFor([this] { return box().trial().report().has_value(); }, 20'000);
    }
    QString column(int place) {
        QStringList cells;
        for (int row = 0; row < result().rowCount(); ++row) cells << result().item(row, place)->text();
        return cells.join(u'|');
    }
};

QStringList wordsOf(const QWidget& box) {
    QStringList words;
    for (const QLabel* label : box.findChildren<QLabel*>()) words << label->text();
    return words;
}

}  // namespace

class TestPythonForm : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void codeIsToldWhenTheKeysRest() {
        PythonForm f;
        QCOMPARE(f.edit().toPlainText(), QString::fromLatin1(kCode));
        f.edit().setFocus();
        f.edit().moveCursor(QTextCursor::End);
        QTest::keyClicks(&f.edit(), QStringLiteral("# more"));
        QTRY_COMPARE(f.document.node(f.python)->params["code"], Json(std::string(kCode) + "# more"));
    }

    void nothingStartsBeforeThePersonAgreed() {
        PythonForm f;
        f.tryCode();
        QVERIFY(f.hint("askToTry").isVisible());
        QVERIFY(!f.box().trial().isRunning());
        Q_EMIT f.hint("askToTry").actionTriggered(1);
        QVERIFY(!f.hint("askToTry").isVisible());
        QTest::qWait(200);
        QVERIFY(!f.box().trial().isRunning() && !f.box().trial().report());
    }

    void rowsOfTheFunctionAreShown() {
        PythonForm f;
        f.tryCode();
        f.agree();
        QVERIFY(f.tried());
        QVERIFY2(f.box().trial().report()->failure.ok(),
                 f.box().trial().report()->failure.ok()
                     ? ""
                     : qPrintable(wordsOf(f.hint("trialFailed")).join(u'|')));
        QCOMPARE(f.column(1), QStringLiteral("2|4|6"));
        f.tryCode();  // the same code needs no second answer
        QVERIFY(!f.hint("askToTry").isVisible());
        QVERIFY(f.box().trial().isRunning());
    }

    void otherCodeIsAskedAboutAgain() {
        PythonForm f;
        f.tryCode();
        f.agree();
        QVERIFY(f.tried());
        f.document.setParam(f.python, "code", std::string(kCode) + "# other\n");
        QTRY_VERIFY(f.document.isValidated());
        f.tryCode();
        QVERIFY(f.hint("askToTry").isVisible());
    }

    void anErrorMarksItsLine() {
        PythonForm f("def process(row):\n    x = 1\n    return {'price': nothing, 'twice': x}\n");
        f.tryCode();
        f.agree();
        QVERIFY(f.tried());
        QVERIFY(f.hint("trialFailed").isVisible());
        QVERIFY2(wordsOf(f.hint("trialFailed")).join(u'|').contains(QLatin1String("NameError")),
                 qPrintable(wordsOf(f.hint("trialFailed")).join(u'|')));
        QCOMPARE(f.edit().marks().size(), 1U);
        QCOMPARE(f.edit().marks().front().line, 3);
    }

    void codeThatCantBeLoadedMarksItsLine() {
        PythonForm f("def process(row):\n    return row\n\nimport no_such_module_here\n");
        f.tryCode();
        f.agree();
        QVERIFY(f.tried());
        QCOMPARE(f.edit().marks().size(), 1U);
        QCOMPARE(f.edit().marks().front().line, 4);
        QVERIFY(wordsOf(f.hint("trialFailed")).join(u'|').contains(QLatin1String("no_such_module_here")));
        f.edit().setFocus();
        QTest::keyClicks(&f.edit(), QStringLiteral("#"));
        QVERIFY(f.edit().marks().empty());  // lines move
    }

    void printedWordsAreShown() {
        PythonForm f(
            "def process(row):\n    print('seen', row['price'])\n    return {'price': 1, 'twice': 2}\n");
        f.tryCode();
        f.agree();
        QVERIFY(f.tried());
        QVERIFY2(f.printed().contains(QLatin1String("seen 1")), qPrintable(f.printed()));
    }

    void theWindowShowsTheSameCode() {
        PythonForm f;
        f.form.findChild<QPushButton*>(QStringLiteral("openCode"))->click();
        auto* window = f.form.findChild<QDialog*>(QStringLiteral("codeWindow"));
        QVERIFY(window != nullptr && window->isVisible());
        auto* wide = window->findChild<PythonEdit*>();
        wide->moveCursor(QTextCursor::End);
        QTest::keyClicks(wide, QStringLiteral("# w"));
        QVERIFY(f.edit().toPlainText().endsWith(QLatin1String("# w")));
        QTRY_COMPARE(f.document.node(f.python)->params["code"], Json(std::string(kCode) + "# w"));
        f.form.setNode(f.rows);
        QVERIFY(f.form.findChild<QDialog*>(QStringLiteral("codeWindow")) == nullptr);
    }

    void aFileIsShownAndCantBeChanged() {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("f.py")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# of the file\n");
        file.close();
        PythonForm f;
        f.document.setParam(f.python, "file", file.fileName().toStdString());
        QTRY_COMPARE(f.edit().toPlainText(), QStringLiteral("# of the file\n"));
        QVERIFY(f.edit().isReadOnly());
        f.document.setParam(f.python, "file", nullptr);
        QTRY_COMPARE(f.edit().toPlainText(), QString::fromLatin1(kCode));
        QVERIFY(!f.edit().isReadOnly());
    }
};

QTEST_MAIN(TestPythonForm)
#include "test_python_form.moc"

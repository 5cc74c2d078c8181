// Queries that are saved in the pipeline: from the editor into the list and back, as steps of the document.
#include "core/pipeline/json/json.h"
#include "tests/unit/sql_page/shown_sql.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestSqlSaved : public QObject {
    Q_OBJECT

    static QListView& list(const ShownSql& fixture) { return fixture.page.side().saved().list(); }

 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("rillwright-test-sql"));
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    void aStatementIsSavedAndComesBack() {
        ShownSql fixture;
        fixture.fill();
        QVERIFY(fixture.says(QStringLiteral("puts queries here")));
        QVERIFY(!fixture.visible<QPushButton>(QStringLiteral("Save…"))->isEnabled());
        fixture.type(QStringLiteral("SELECT 1; SELECT shop FROM orders"));
        fixture.page.edit().moveCursor(QTextCursor::End);
        fixture.page.saveStatement(QStringLiteral(" Shops "));
        QCOMPARE(fixture.page.saved().rowCount(), 1);
        QCOMPARE(list(fixture).model()->index(0, 0).data().toString(), QStringLiteral("Shops"));
        QCOMPARE(savedQueries(fixture.document.pipeline()).front().sql, "SELECT shop FROM orders");
        fixture.type({});
        list(fixture).setCurrentIndex(list(fixture).model()->index(0, 0));
        QTest::keyClick(&list(fixture), Qt::Key_Return);
        QCOMPARE(fixture.page.edit().toPlainText(), QStringLiteral("SELECT shop FROM orders"));
    }

    /// It is one step, and the file has it.
    void savingIsUndone() {
        ShownSql fixture;
        fixture.fill();
        const int before = fixture.document.undoStack().index();
        fixture.type(QStringLiteral("SELECT 1"));
        fixture.page.saveStatement(QStringLiteral("One"));
        QCOMPARE(fixture.document.undoStack().index(), before + 1);
        QVERIFY(savePipeline(fixture.document.pipeline()).find("\"One\": \"SELECT 1\"") != std::string::npos);
        fixture.document.undoStack().undo();
        QCOMPARE(fixture.page.saved().rowCount(), 0);
        QVERIFY(fixture.says(QStringLiteral("puts queries here")));
    }

    void theSameNameIsReplaced() {
        ShownSql fixture;
        fixture.type(QStringLiteral("SELECT 1"));
        fixture.page.saveStatement(QStringLiteral("One"));
        fixture.type(QStringLiteral("SELECT 2"));
        fixture.page.saveStatement(QStringLiteral("One"));
        QCOMPARE(fixture.page.saved().rowCount(), 1);
        QCOMPARE(fixture.page.saved().at(0).sql, "SELECT 2");
    }

    void queriesAreRenamedAndRemovedByKey() {
        ShownSql fixture;
        fixture.type(QStringLiteral("SELECT 1"));
        fixture.page.saveStatement(QStringLiteral("One"));
        fixture.page.saveStatement(QStringLiteral("Two"));
        list(fixture).setFocus();
        list(fixture).setCurrentIndex(list(fixture).model()->index(0, 0));
        QTest::keyClick(&list(fixture), Qt::Key_F2);
        auto* dialog = fixture.page.findChild<QInputDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->textValue(), QStringLiteral("One"));
        dialog->setTextValue(QStringLiteral("First"));
        dialog->accept();
        QCOMPARE(fixture.page.saved().at(0).name, "First");
        list(fixture).setCurrentIndex(list(fixture).model()->index(1, 0));
        QTest::keyClick(&list(fixture), Qt::Key_Delete);
        QCOMPARE(fixture.page.saved().rowCount(), 1);
        fixture.document.undoStack().undo();
        QCOMPARE(fixture.page.saved().rowCount(), 2);
    }

    /// While the box asks for a name, the query may have gone.
    void aQueryThatIsGoneIsNotRenamed() {
        ShownSql fixture;
        fixture.type(QStringLiteral("SELECT 1"));
        fixture.page.saveStatement(QStringLiteral("One"));
        list(fixture).setFocus();
        list(fixture).setCurrentIndex(list(fixture).model()->index(0, 0));
        QTest::keyClick(&list(fixture), Qt::Key_F2);
        auto* dialog = fixture.page.findChild<QInputDialog*>();
        QVERIFY(dialog != nullptr);
        fixture.document.undoStack().undo();
        dialog->setTextValue(QStringLiteral("First"));
        dialog->accept();
        QCOMPARE(fixture.page.saved().rowCount(), 0);
    }

    void tooLongAStatementIsNotSaved() {
        ShownSql fixture;
        fixture.type(QStringLiteral("SELECT '") + QString(20'000, u'x') + u'\'');
        fixture.page.saveStatement(QStringLiteral("Long"));
        QCOMPARE(fixture.page.saved().rowCount(), 0);
        QVERIFY(fixture.says(QStringLiteral("at most 20")));
    }

    /// What was typed is kept before a query that is written into the editor, unless it is saved itself.
    void whatWasTypedIsNotLost() {
        ShownSql fixture;
        fixture.type(QStringLiteral("SELECT 1"));
        fixture.page.saveStatement(QStringLiteral("One"));
        list(fixture).setCurrentIndex(list(fixture).model()->index(0, 0));
        fixture.type(QStringLiteral("SELECT 'typed'"));
        QTest::keyClick(&list(fixture), Qt::Key_Return);
        QCOMPARE(fixture.page.edit().toPlainText(), QStringLiteral("SELECT 'typed';\n\nSELECT 1"));
        fixture.type(QStringLiteral("SELECT 1"));
        QTest::keyClick(&list(fixture), Qt::Key_Return);
        QCOMPARE(fixture.page.edit().toPlainText(), QStringLiteral("SELECT 1"));
    }
};

QTEST_MAIN(TestSqlSaved)
#include "test_sql_saved.moc"

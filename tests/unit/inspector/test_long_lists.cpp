// Lists as long as a table is wide: what is made for them, and the text that stands for many lines.
#include <QAbstractButton>
#include <QCompleter>
#include <QTextBlock>
#include <QtTest>
#include <algorithm>
#include <memory>

#include "widgets/editor/expression_edit.h"
#include "widgets/editor/sql_completion.h"
#include "widgets/inspector/fields/list_field.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kMany = 3000;

Schema columns(int count) {
    Schema schema;
    for (int i = 0; i < count; ++i)
        schema.fields.push_back({"column_" + std::to_string(i), Type::of(TypeId::Bigint)});
    return schema;
}

Json itemsOf(const Schema& schema) {
    Json items = Json::array();
    for (const Field& field : schema.fields) items.push_back(field.name);
    return items;
}

/// A list as a form has it: what it tells comes back.
struct List {
    explicit List(const Schema& schema) : value(itemsOf(schema)) {
        context.columns = schema;
        field.setContext(context);
        field.setValue(value);
        QObject::connect(&field, &ParamField::edited, &field, [this](const Json& told) {
            value = told;
            ++edits;
            field.setContext(context);
            field.setValue(value);
        });
    }
    QList<ExpressionEdit*> editors() const { return field.findChildren<ExpressionEdit*>(); }
    ExpressionEdit& text() const { return *editors().front(); }
    /// The editors whose lists of completions were made.
    int filled() const {
        int count = 0;
        for (const auto* model : field.findChildren<CompletionModel*>()) count += model->rowCount() > 0;
        return count;
    }
    void edit(const QString& whole) const {
        text().selectAll();
        text().insertPlainText(whole);
        QTest::keyClick(&text(), Qt::Key_Return, Qt::ControlModifier);
    }

    const ParamSpec spec = makeParam("columns", ParamKind::SelectItems, {}, {}, nullptr);
    ListField field{spec};
    const std::unique_ptr<QWidget> tool{field.headTool()};  // a form would have it
    FieldContext context;
    Json value;
    int edits = 0;
};

}  // namespace

class TestLongLists : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void completionsAreMadeWhenTheyAreOffered() {
        List list(columns(50));
        QCOMPARE(list.editors().size(), 50);
        QCOMPARE(list.filled(), 0);
        list.field.show();
        QVERIFY(QTest::qWaitForWindowActive(&list.field, 30'000));
        for (const int line : {0, 1}) {
            ExpressionEdit& edit = *list.editors()[line];
            edit.setFocus();
            QTest::keyClick(&edit, Qt::Key_Space, Qt::ControlModifier);
            edit.findChild<QCompleter*>()->popup()->hide();
        }
        QCOMPARE(list.filled(), 2);
        const auto& first = list.editors()[0]->findChild<CompletionModel*>()->completions();
        QVERIFY(list.editors()[1]->findChild<CompletionModel*>()->completions() == first);  // made once
    }

    void manyLinesAreOneText() {
        List list(columns(kMany));
        QCOMPARE(list.editors().size(), 1);
        QCOMPARE(list.text().blockCount(), kMany);
        QCOMPARE(list.text().document()->lastBlock().text(), QStringLiteral("column_2999"));
    }

    void editedTextIsTheItemsOfItsLines() {
        List list(columns(kMany));
        list.edit(QStringLiteral("a\n\n  \nb AS c"));
        QCOMPARE(list.value, Json::array({"a", "b AS c"}));
        QCOMPARE(list.text().blockCount(), 4);  // an empty line is about to be typed
        list.field.setValue(itemsOf(columns(2)));
        QCOMPARE(list.text().toPlainText(), QStringLiteral("column_0\ncolumn_1"));
    }

    void anEmptyLineIsNoEdit() {
        List list(columns(kMany));
        list.text().moveCursor(QTextCursor::End);
        QTest::keyClick(&list.text(), Qt::Key_Return);
        QTest::keyClick(&list.text(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(list.edits, 0);
        QCOMPARE(list.text().blockCount(), kMany + 1);
    }

    void aLineBreakWithinAnItemStays() {
        List list(columns(kMany));
        list.value[1] = "CASE WHEN column_1 > 0\nTHEN 1 END";
        list.field.setValue(list.value);
        QCOMPARE(list.text().blockCount(), kMany);
        const Json before = list.value;
        list.text().moveCursor(QTextCursor::Start);
        list.text().insertPlainText(QStringLiteral("-"));
        QTest::keyClick(&list.text(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(list.value[0], Json("-column_0"));
        QCOMPARE(list.value[1], before[1]);
        QCOMPARE(list.value.size(), before.size());
    }

    void addAppendsALine() {
        List list(columns(kMany));
        qobject_cast<QAbstractButton*>(list.tool.get())->click();
        QCOMPARE(list.value.size(), std::size_t{kMany} + 1);
        QCOMPARE(list.value.back(), Json("column_0 AS column_0_2"));  // all of them are there
        QCOMPARE(list.text().textCursor().selectedText(), QStringLiteral("column_0 AS column_0_2"));
    }

    void addProposesWhatIsNotThereYet() {
        List list(columns(4));
        auto* add = qobject_cast<QAbstractButton*>(list.tool.get());
        list.field.setValue(list.value = {"ABS(column_0) AS column_0", "column_3 AS other", "`column_1`"});
        add->click();
        QCOMPARE(list.value.back(), Json("column_2"));
        add->click();
        QCOMPARE(list.value.back(), Json("column_3"));
        for (const char* name : {"column_0_2", "column_0_3"}) {
            add->click();
            QCOMPARE(list.value.back(), Json(std::string("column_0 AS ") + name));
        }
        list.field.setValue(list.value = Json::array({"*"}));
        add->click();
        QCOMPARE(list.value.back(), Json("column_0 AS column_0_2"));
        // An item that is wrong takes no name.
        list.field.setValue(list.value = Json::array({"column_0 AS"}));
        add->click();
        QCOMPARE(list.value.back(), Json("column_0"));
    }

    void addProposesAnotherColumnToSortBy() {
        ListField field(makeParam("by", ParamKind::SortItems, {}, {}, nullptr));
        const std::unique_ptr<QWidget> tool(field.headTool());
        FieldContext context;
        context.columns = columns(2);
        context.columns.fields.push_back({"case", Type::of(TypeId::Bigint)});
        field.setContext(context);
        field.setValue({"column_0 DESC", "column_1 asc"});
        Json told;
        connect(&field, &ParamField::edited, &field, [&told](const Json& value) { told = value; });
        qobject_cast<QAbstractButton*>(tool.get())->click();
        QCOMPARE(told.back(), Json("`case` DESC"));
    }

    void linesAddedByHandStayLines() {
        List list(columns(200));
        QCOMPARE(list.editors().size(), 200);
        for (int i = 0; i < 2; ++i) qobject_cast<QAbstractButton*>(list.tool.get())->click();
        QCOMPARE(list.editors().size(), 202);
        list.field.setValue(itemsOf(columns(kMany)));
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(list.editors().size(), 1);
    }

    void anErrorIsMarkedInItsLine() {
        List list(columns(kMany));
        list.edit(QStringLiteral("good\n\nwrong one\ngood"));
        Issue issue;
        issue.item = 1;
        issue.position = 6;
        issue.length = 3;
        list.field.setIssues({issue});
        QTextBlock line = list.text().document()->findBlockByNumber(2);
        const auto isMarked = [](const QTextLayout::FormatRange& range) {
            return range.start == 6 && range.length == 3 &&
                   range.format.underlineStyle() == QTextCharFormat::WaveUnderline;
        };
        const auto formats = line.layout()->formats();
        QVERIFY(std::any_of(formats.begin(), formats.end(), isMarked));
        QVERIFY(line.previous().previous().layout()->formats().size() <= 1);
    }
};

QTEST_MAIN(TestLongLists)
#include "test_long_lists.moc"

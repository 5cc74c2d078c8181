// Importing a CSV file: the guesses, the user's choices, and the source's parameters.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/csv_params.h"
#include "widgets/csv_import/import_dialog.h"
#include "widgets/csv_import/import_table.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

const Catalogue& kindsOfImport() {
    static const Catalogue kinds = builtin();
    return kinds;
}

constexpr CsvParams kWriting{csvFormatOf, csvParamsOf, writeColumnDef};

/// A dialog over a file with that content, after its first look.
struct Asked {
    explicit Asked(const QByteArray& content, int others = 0, const QString& name = QStringLiteral("a.csv")) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) qFatal("no file");
        file.close();
        dialog = std::make_unique<ImportDialog>(ImportDialog::File{.path = file.fileName(), .others = others},
                                                *kindsOfImport().find("csv_source"), kWriting, nullptr);
        dialog->show();
        if (!QTest::qWaitForWindowActive(dialog.get(), 30'000) || !waitForLook()) qFatal("no look");
    }
    bool waitForLook() const {
        return QTest::qWaitFor([this] { return import().isEnabled() || hint("rejectedHint").isVisible(); },
                               30'000);
    }
    QPushButton& import() const { return *dialog->findChild<QPushButton*>(QStringLiteral("import")); }
    QComboBox& box(const QString& name) const { return *dialog->findChild<QComboBox*>(name); }
    HintBox& hint(const char* name) const { return *dialog->findChild<HintBox*>(QLatin1String(name)); }
    QTableView& table() const { return *dialog->findChild<QTableView*>(); }
    QString cell(int row, int column) const { return table().model()->index(row, column).data().toString(); }
    /// Chooses by mouse: a click on the box, and one on the entry.
    void choose(const QString& name, const QString& words) const {
        QComboBox& chosen = box(name);
        QTest::mouseClick(&chosen, Qt::LeftButton);
        QAbstractItemView* list = chosen.view();
        const QModelIndex entry = list->model()->index(chosen.findText(words), 0);
        if (!entry.isValid()) qFatal("no entry %s", qPrintable(words));
        list->scrollTo(entry);
        // The list takes no click that could be the end of the one that opened it.
        QTest::qWait(QApplication::doubleClickInterval() + 50);
        QTest::mouseMove(list->viewport(), list->visualRect(entry).center());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(entry).center());
    }
    /// With ' for ", so that tests can be read.
    QString params() const {
        std::string text = dialog->params().dump();
        std::replace(text.begin(), text.end(), '"', '\'');
        return QString::fromStdString(text);
    }

    QTemporaryDir folder;
    std::unique_ptr<ImportDialog> dialog;
};

void pressLink(const HintBox& hint) {
    auto* link = hint.findChild<QPushButton*>();
    QTRY_VERIFY(link != nullptr && link->isVisible());
    QTest::mouseClick(link, Qt::LeftButton);
}

}  // namespace

class TestImportDialog : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void whatIsGuessedIsImportedByEnter() {
        const Asked asked("id,seen,v\n1,2024-03-01 10:00:00,2.5\n");
        QCOMPARE(asked.cell(0, 1), QStringLiteral("2024-03-01 10:00:00"));
        QTest::keyClick(asked.dialog.get(), Qt::Key_Return);
        QCOMPARE(asked.dialog->result(), static_cast<int>(QDialog::Accepted));
        QCOMPARE(asked.params(), QString("{'columns':['id INT','seen TIMESTAMP(3)','v DOUBLE'],"
                                         "'event_time':'seen'}"));
    }

    void typesAreChosenInTheirBoxes() {
        const Asked asked("id,seen,note\n1,2024-03-01 10:00:00,x\n");
        QCOMPARE(asked.box(QStringLiteral("type_0")).currentText(), QStringLiteral("INT"));
        asked.choose(QStringLiteral("type_0"), QStringLiteral("DECIMAL(18,2)"));
        asked.choose(QStringLiteral("type_2"), QStringLiteral("Leave out"));
        QCOMPARE(asked.params(), QString("{'columns':['id DECIMAL(18,2)','seen TIMESTAMP(3)'],"
                                         "'event_time':'seen'}"));
        // A column that is no time any more is no event time; as event time it is one again.
        asked.choose(QStringLiteral("type_1"), QStringLiteral("STRING"));
        QCOMPARE(asked.params(), QString("{'columns':['id DECIMAL(18,2)','seen STRING']}"));
        asked.choose(QStringLiteral("event_time"), QStringLiteral("seen"));
        QCOMPARE(asked.box(QStringLiteral("type_1")).currentText(), QStringLiteral("TIMESTAMP(3)"));
        asked.choose(QStringLiteral("event_time"), QStringLiteral("None"));
        QCOMPARE(asked.params(), QString("{'columns':['id DECIMAL(18,2)','seen TIMESTAMP(3)']}"));
    }

    void nothingIsNoImport() {
        const Asked asked("id\n1\n");
        asked.choose(QStringLiteral("type_0"), QStringLiteral("Leave out"));
        QVERIFY(!asked.import().isEnabled());
    }

    void numbersAreTheEventTime() {
        const Asked asked("id,ts\n1,1709287200000\n");
        QCOMPARE(asked.box(QStringLiteral("event_time")).currentText(),
                 QStringLiteral("ts (milliseconds since 1970)"));
        QCOMPARE(asked.params(), QString("{'epoch':'milliseconds','columns':['id INT',"
                                         "'ts TIMESTAMP(3)'],'event_time':'ts'}"));
        asked.choose(QStringLiteral("type_1"), QStringLiteral("BIGINT"));
        QCOMPARE(asked.params(), QString("{'columns':['id INT','ts BIGINT']}"));
    }

    void aDecimalCommaIsOffered() {
        const Asked asked("n;price\n1;12,50\n2;3\n");
        QCOMPARE(asked.box(QStringLiteral("delimiter")).currentText(), QStringLiteral("Semicolon"));
        const HintBox& hint = asked.hint("textHint");
        QVERIFY(hint.isVisible());
        QCOMPARE(hint.accessibleName(),
                 QStringLiteral("price is text: 1 of 2 values are no numbers (12,50)."));
        pressLink(hint);
        QTRY_COMPARE(asked.params(), QString("{'delimiter':';','decimal':'comma',"
                                             "'columns':['n INT','price DOUBLE']}"));
        QVERIFY(!hint.isVisible() && asked.import().isEnabled() && asked.import().hasFocus());
        QCOMPARE(asked.box(QStringLiteral("decimal")).currentText(), QStringLiteral("Comma"));
    }

    /// A user who asked for numbers gets them, also where some values are none.
    void numbersWithACommaAreImportedAsNumbers() {
        const Asked asked("n;price\n1;12,50\n2;n/a\n3;1,5\n");
        pressLink(asked.hint("textHint"));
        QTRY_COMPARE(asked.params(), QString("{'delimiter':';','decimal':'comma',"
                                             "'columns':['n INT','price DOUBLE']}"));
        QVERIFY(!asked.hint("textHint").isVisible());
        QCOMPARE(asked.hint("misfitsHint").accessibleName(),
                 QStringLiteral("price: 1 of 3 values are no DOUBLE (n/a)."));
    }

    /// Also those of neighbours that are of one width, which Qt changes together.
    void boxesStandInTheirColumns() {
        const Asked asked("n;price;who;what\n1;12,50;Al;x\n2;n/a;Bo;y\n3;1,5;Cy;z\n");
        const ImportHeader& head = *asked.dialog->findChild<ImportHeader*>();
        const auto check = [&] {
            for (int column = 0; column < head.count(); ++column) {
                const QComboBox& box = asked.box(QStringLiteral("type_%1").arg(column));
                const int left = head.sectionViewportPosition(column);
                QVERIFY2(box.x() >= left && box.geometry().right() < left + head.sectionSize(column),
                         qPrintable(box.objectName()));
            }
        };
        check();
        pressLink(asked.hint("textHint"));
        QTRY_COMPARE(asked.box(QStringLiteral("type_1")).currentText(), QStringLiteral("DOUBLE"));
        check();
    }

    /// The time would grow with the square of the columns otherwise.
    void boxesMoveOnceWhenAllColumnsChange() {
        struct Moves : QObject {
            bool eventFilter(QObject*, QEvent* event) override {
                count += event->type() == QEvent::Move;
                return false;
            }
            int count = 0;
        } moves;
        const Asked asked("a,b,c,d,e\n1,2,3,4,5\n");
        ImportHeader& head = *asked.dialog->findChild<ImportHeader*>();
        QComboBox& box = asked.box(QStringLiteral("type_4"));
        QTest::qWait(0);  // the first look's
        box.installEventFilter(&moves);
        const int before = box.x();
        head.setDefaultSectionSize(head.sectionSize(0) + 10);
        QTRY_COMPARE(box.x(), before + 4 * 10);
        QCOMPARE(moves.count, 1);
    }

    void mostValuesSayWhatTextMayBe() {
        const Asked asked("v,seen\n2.5,2024-03-01 10:00:00\nn/a,-\n4.5,2024-03-01 10:00:01\n");
        const auto links = asked.hint("textHint").findChildren<QPushButton*>();
        QCOMPARE(links.size(), 2);
        QCOMPARE(links[0]->text(), QStringLiteral("Import v as DOUBLE"));
        QCOMPARE(links[1]->text(), QStringLiteral("Import seen as TIMESTAMP(3)"));
        QTest::mouseClick(links[1], Qt::LeftButton);
        QCOMPARE(asked.params(), QString("{'columns':['v STRING','seen TIMESTAMP(3)']}"));
        pressLink(asked.hint("textHint"));
        QCOMPARE(asked.params(), QString("{'columns':['v DOUBLE','seen TIMESTAMP(3)']}"));
        QVERIFY(!asked.hint("textHint").isVisible() && asked.import().hasFocus());
    }

    void whatIsOfAnotherTypeIsTold() {
        const Asked asked("n,v\n1,2.5\n2,n/a\n3,4\n");
        QCOMPARE(asked.hint("textHint").accessibleName(),
                 QStringLiteral("v is text: 1 of 3 values are no numbers (n/a)."));
        asked.choose(QStringLiteral("type_1"), QStringLiteral("DOUBLE"));
        QVERIFY(!asked.hint("textHint").isVisible());
        const HintBox& hint = asked.hint("misfitsHint");
        QVERIFY(hint.isVisible());
        QCOMPARE(hint.accessibleName(), QStringLiteral("v: 1 of 3 values are no DOUBLE (n/a)."));
        const QModelIndex odd = asked.table().model()->index(1, 1), good = asked.table().model()->index(0, 1);
        QVERIFY(odd.data(Qt::ForegroundRole) != good.data(Qt::ForegroundRole));
        pressLink(hint);
        QCOMPARE(asked.params(), QString("{'columns':['n INT','v DOUBLE'],'on_error':'null'}"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(asked.dialog->result(), static_cast<int>(QDialog::Accepted));
    }

    void datesOfAnotherFormatSayHowToReadThem() {
        const Asked asked("n,seen\n1,31.12.2025 14:05\n2,31.12.2025 14:06\n");
        asked.choose(QStringLiteral("type_1"), QStringLiteral("TIMESTAMP(3)"));
        QStringList said;
        for (const auto* label : asked.hint("misfitsHint").findChildren<QLabel*>()) said << label->text();
        QVERIFY2(said.join(u'\n').contains(QStringLiteral("TO_TIMESTAMP(column, 'dd.MM.yyyy HH:mm')")),
                 qPrintable(said.join(u'\n')));
    }

    /// The link acts on the whole source.
    void nullsAreOfAllColumns() {
        const Asked asked("n,v\n1,2.5\n2,n/a\n3,4\n");
        asked.choose(QStringLiteral("type_1"), QStringLiteral("DOUBLE"));
        QCOMPARE(asked.hint("misfitsHint").findChild<QPushButton*>()->text(),
                 QStringLiteral("Put NULL in place, in all columns"));
    }

    /// The delay is long enough for the rows that were looked at, unless the person wants none.
    void disorderIsTold() {
        const Asked asked("at,v\n2024-03-01 10:00:00,1\n2024-03-01 10:02:00,2\n2024-03-01 10:00:31,3\n");
        const HintBox& hint = asked.hint("disorderHint");
        QCOMPARE(hint.accessibleName(), QStringLiteral("Rows are up to 1\u2009min 29\u2009s out of order."));
        QCOMPARE(hint.accessibleDescription(),
                 QStringLiteral("The watermark delay becomes 90\u2009s, so that none of them is late."));
        const QString columns = QStringLiteral("{'columns':['at TIMESTAMP(3)','v INT'],'event_time':'at'");
        QCOMPARE(asked.params(), columns + QStringLiteral(",'watermark_delay':'90s'}"));
        pressLink(hint);
        QCOMPARE(asked.params(), columns + QStringLiteral("}"));
        QVERIFY(hint.isVisible() && hint.kind() == HintBox::Kind::Warn && asked.import().hasFocus());
        pressLink(hint);
        QCOMPARE(asked.params(), columns + QStringLiteral(",'watermark_delay':'90s'}"));
        asked.choose(QStringLiteral("event_time"), QStringLiteral("None"));
        QVERIFY(!hint.isVisible());
        QCOMPARE(asked.params(), QStringLiteral("{'columns':['at TIMESTAMP(3)','v INT']}"));
        const Asked inOrder("at,v\n2024-03-01 10:00:00,1\n2024-03-01 10:02:00,2\n");
        QVERIFY(!inOrder.hint("disorderHint").isVisible());
        const Asked same("at,v\n2024-03-01 10:00:00,1\n2024-03-01 10:00:00,2\n");
        QCOMPARE(same.hint("disorderHint").accessibleName(),
                 QStringLiteral("Several rows have the same time."));
        QCOMPARE(same.params(), columns + QStringLiteral(",'watermark_delay':'1ms'}"));
    }

    void rejectedRowsAreTold() {
        const Asked asked("a,b\n1,2\nx\n3,4\n");
        QCOMPARE(asked.hint("rejectedHint").accessibleName(), QStringLiteral("1 of 3 rows can't be read."));
        QCOMPARE(asked.hint("rejectedHint").accessibleDescription(),
                 QStringLiteral("The first is row 2: Fields: 1 instead of 2."));
        QCOMPARE(asked.cell(1, 0), QStringLiteral("x"));
        QVERIFY(asked.import().isEnabled());
    }

    void anotherFormatReadsTheFileAgain() {
        const Asked asked("a;b\n1;2\n");
        asked.choose(QStringLiteral("type_1"), QStringLiteral("STRING"));
        asked.choose(QStringLiteral("delimiter"), QStringLiteral("Comma"));
        QTRY_COMPARE(asked.dialog->params()["columns"].size(), std::size_t{1});
        asked.choose(QStringLiteral("delimiter"), QStringLiteral("Semicolon"));
        // A choice made by hand stays.
        QTRY_COMPARE(asked.params(), QString("{'delimiter':';','columns':['a INT','b STRING']}"));
        asked.choose(QStringLiteral("type_1"), QStringLiteral("TIMESTAMP(3)"));
        asked.choose(QStringLiteral("event_time"), QStringLiteral("b"));
        asked.choose(QStringLiteral("type_1"), QStringLiteral("STRING"));
        asked.choose(QStringLiteral("decimal"), QStringLiteral("Comma"));
        QTRY_COMPARE(asked.params(), QString("{'delimiter':';','decimal':'comma',"
                                             "'columns':['a INT','b STRING']}"));
        asked.choose(QStringLiteral("decimal"), QStringLiteral("Point"));
        QTRY_COMPARE(asked.params(), QString("{'delimiter':';','columns':['a INT','b STRING']}"));
        QTest::mouseClick(asked.dialog->findChild<QCheckBox*>(QStringLiteral("header")), Qt::LeftButton, {},
                          {8, 8});
        QTRY_COMPARE(asked.params(), QString("{'delimiter':';','header':false,"
                                             "'columns':['column_1 STRING','column_2 STRING']}"));
    }

    void whatCantBeReadIsSaid() {
        const Asked asked("caf\xE9;b\n1;2\n");
        QVERIFY(!asked.import().isEnabled());
        QVERIFY(asked.hint("rejectedHint").accessibleName().contains(QStringLiteral("is not UTF-8")));
        QTest::keyClick(asked.dialog.get(), Qt::Key_Return);
        QVERIFY(asked.dialog->isVisible());
        QTest::keyClick(asked.dialog.get(), Qt::Key_Escape);
        QVERIFY(!asked.dialog->isVisible());
    }

    void othersWaitForTheirTurn() {
        const Asked alone("a\n1\n");
        QVERIFY(!alone.dialog->findChild<QPushButton*>(QStringLiteral("importAll"))->isVisible());
        const Asked first("a\n1\n", 2);
        auto* all = first.dialog->findChild<QPushButton*>(QStringLiteral("importAll"));
        QCOMPARE(all->text(), QStringLiteral("Import all 3"));
        QTest::mouseClick(all, Qt::LeftButton);
        QVERIFY(first.dialog->takesAll());
        QCOMPARE(first.dialog->result(), static_cast<int>(QDialog::Accepted));
    }

    /// Boxes come with the columns in sight.
    void aFileOfThousandsOfColumns() {
        QByteArray names, values;
        for (int i = 0; i < 3'000; ++i) {
            names += (i == 0 ? "c" : ",c") + QByteArray::number(i);
            values += i == 0 ? "1" : ",1";
        }
        const Asked asked(names + "\n" + values + "\n");
        const auto boxes = [&] {
            return asked.table().horizontalHeader()->findChildren<QComboBox*>().size();
        };
        QVERIFY(boxes() > 1 && boxes() < 50);
        QScrollBar& bar = *asked.table().horizontalScrollBar();
        const auto isAtTheEnd = [&] {
            bar.setValue(bar.maximum());  // columns are laid out when there is time
            return asked.dialog->findChild<QComboBox*>(QStringLiteral("type_2999")) != nullptr;
        };
        QTRY_VERIFY(isAtTheEnd());
        QVERIFY(boxes() < 100);
        QCOMPARE(asked.dialog->params()["columns"].size(), std::size_t{3'000});
    }

    void closingEndsTheLook() {
        QByteArray content("a,b\n");
        for (int i = 0; i < 200'000; ++i) content += "1,x\n";
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        file.close();
        auto dialog = std::make_unique<ImportDialog>(ImportDialog::File{.path = file.fileName()},
                                                     *kindsOfImport().find("csv_source"), kWriting, nullptr);
        dialog->show();
        QVERIFY(!dialog->findChild<QPushButton*>(QStringLiteral("import"))->isEnabled());
        dialog.reset();
        QTest::qWait(50);
    }

    void itFitsItsWindow() {
        const Asked asked(
            "id;customer;price;ordered_at\n1;Möller;12,50;2024-03-01 10:00:00\n2;n/a;7;x\n3;z;1,5;y\n");
        asked.choose(QStringLiteral("type_0"), QStringLiteral("TIMESTAMP(3)"));
        for (const QComboBox* box : asked.dialog->findChildren<QComboBox*>())
            QVERIFY2(box->width() > box->fontMetrics().horizontalAdvance(box->currentText()) + 24,
                     qPrintable(box->objectName()));
        QVERIFY(asked.dialog->minimumSizeHint().width() <= 960);
    }
};

QTEST_MAIN(TestImportDialog)
#include "test_import_dialog.moc"

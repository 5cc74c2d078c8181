// The columns of a CSV source come from its file: by themselves while there are none, later when asked.
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/inspector/param_form.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestColumnReader : public QObject {
    Q_OBJECT
    Catalogue m_catalogue = builtin();
    QTemporaryDir m_folder;

    QString write(const QString& name, const QByteArray& text) {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly)) file.write(text);
        return file.fileName();
    }
    struct ColumnReaderFixture {
        PipelineDocument document;
        NodeId node;
        ParamForm form;
        explicit ColumnReaderFixture(const Catalogue& catalogue, const Json& params = Json::object())
            : document(catalogue),
              node(document.addNode({.type = "csv_source", .params = params}, {0, 0})),
              form(document) {
            form.show();
            form.setNode(node);
        }
        Json columns() const { return document.pipeline().find(node)->params.value("columns", Json()); }
        void type(const char* param, const QString& text) {
            auto* edit = form.findChild<QLineEdit*>(QStringLiteral("input_") + QLatin1String(param));
            edit->clear();
            QTest::keyClicks(edit, text);
            QTest::keyClick(edit, Qt::Key_Return);
        }
        QPushButton* readButton() { return form.findChild<QPushButton*>(QStringLiteral("readColumns")); }
        /// Nothing is being checked, or read: the button is off until the columns are there.
        bool rests() { return document.isValidated() && readButton()->isEnabled(); }
        bool says(const QString& words) const {
            for (const HintBox* box : form.findChildren<HintBox*>()) {
                if (box->isVisible() && box->accessibleName().contains(words)) return true;
            }
            return false;
        }
    };

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void emptyColumnsAreFilledAsOneStep() {
        ColumnReaderFixture fixture(m_catalogue);
        const QString file = write(QStringLiteral("trips.csv"), "id,km,at\n1,2.5,2026-01-01 10:00:00\n");
        fixture.type("path", file);
        QTRY_COMPARE(fixture.columns(), Json({"id INT", "km DOUBLE", "at TIMESTAMP(3)"}));
        fixture.document.undoStack().undo();
        QVERIFY(fixture.columns().is_null());
        QCOMPARE(fixture.document.pipeline().find(fixture.node)->params["path"], Json(file.toStdString()));
        QTRY_VERIFY(fixture.rests());
        QVERIFY(fixture.columns().is_null());  // an undone value does not come back by itself
    }

    void columnsThatWereReadFollowTheFormat() {
        ColumnReaderFixture fixture(m_catalogue);
        fixture.type("path", write(QStringLiteral("half.csv"), "a;b\n1;2\n"));
        QTRY_COMPARE(fixture.columns().size(), std::size_t{1});
        fixture.type("delimiter", QStringLiteral(";"));
        QTRY_COMPARE(fixture.columns(), Json({"a INT", "b INT"}));
    }

    void columnsWrittenByHandStayUntilOneAsks() {
        ColumnReaderFixture fixture(m_catalogue, {{"columns", {"mine STRING"}}});
        fixture.type("path", write(QStringLiteral("other.csv"), "x\n1\n"));
        QTRY_VERIFY(fixture.rests());
        QCOMPARE(fixture.columns(), Json::array({"mine STRING"}));
        QVERIFY(fixture.readButton());
        fixture.readButton()->click();
        QTRY_COMPARE(fixture.columns(), Json::array({"x INT"}));
        fixture.document.undoStack().undo();
        QCOMPARE(fixture.columns(), Json::array({"mine STRING"}));
    }

    void aTableOfAServerIsInNoFile() {
        PipelineDocument document(m_catalogue);
        const NodeId node = document.addNode({.type = "lookup_join", .params = Json::object()}, {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        const auto* read = form.findChild<QPushButton*>(QStringLiteral("readColumns"));
        QVERIFY(read != nullptr && read->isVisible());
        document.setParam(node, "from", "server");
        QTRY_VERIFY(!read->isVisible());
    }

    // The user may have chosen them when the file was imported.
    void typesOfTheUserStay() {
        const QString file = write(QStringLiteral("prices.csv"), "price\n1.5\nn/a\n2.5\n");
        const Json columns = Json::array({"price DOUBLE", "old INT"});
        ColumnReaderFixture fixture(m_catalogue, {{"path", file.toStdString()}, {"columns", columns}});
        QTRY_VERIFY(fixture.rests());
        for (int i = 0; i < 2; ++i) {
            fixture.readButton()->click();
            QTRY_VERIFY(fixture.rests());
            QCOMPARE(fixture.columns(), Json::array({"price DOUBLE"}));
        }
    }

    void typesThatWereReadDoNotStay() {
        ColumnReaderFixture fixture(m_catalogue);
        fixture.type("path", write(QStringLiteral("number.csv"), "x\n1\n"));
        QTRY_COMPARE(fixture.columns(), Json::array({"x INT"}));
        fixture.type("path", write(QStringLiteral("mixed.csv"), "x\n1\n2\nn/a\n"));
        QTRY_COMPARE(fixture.columns(), Json::array({"x STRING"}));
    }

    void variablesArePutIn() {
        ColumnReaderFixture fixture(m_catalogue);
        fixture.document.setVariables({{"where", m_folder.path().toStdString()}});
        write(QStringLiteral("v.csv"), "v\n1\n");
        fixture.type("path", QStringLiteral("${where}/v.csv"));
        QTRY_COMPARE(fixture.columns(), Json::array({"v INT"}));
    }

    void whatCannotBeReadIsSaidUnderThePath() {
        ColumnReaderFixture fixture(m_catalogue);
        fixture.type("path", write(QStringLiteral("empty.csv"), ""));
        QTRY_VERIFY(fixture.says(QStringLiteral("empty.csv” is empty: its columns can't be guessed.")));
        QVERIFY(fixture.columns().is_null());
        fixture.type("path", write(QStringLiteral("full.csv"), "x\n1\n"));
        QTRY_COMPARE(fixture.columns(), Json::array({"x INT"}));
        QVERIFY(!fixture.says(QStringLiteral("empty.csv")));
    }
};

QTEST_MAIN(TestColumnReader)
#include "test_column_reader.moc"

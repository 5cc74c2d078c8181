// The form of a node that was not edited yet, and the boxes in which its columns are chosen.
#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>
#include <algorithm>

#include "core/connect/connections/connections.h"
#include "core/nodes/catalogue.h"
#include "tests/unit/inspector/form_looks.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestFreshNodeForm : public QObject, private FormLooks {
    Q_OBJECT
    Catalogue m_catalogue = builtin();

    static bool isRed(const ParamForm& form) {
        const auto hints = form.findChildren<HintBox*>();
        const bool said = std::any_of(hints.begin(), hints.end(), [](const HintBox* hint) {
            return hint->isVisible() && hint->kind() == HintBox::Kind::Error;
        });
        const auto boxes = form.findChildren<QComboBox*>();
        return said || std::any_of(boxes.begin(), boxes.end(), [](const QComboBox* box) {
                   return box->property("state") == QStringLiteral("error");
               });
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    /// A missing value is an error once a run was asked for, or the field was emptied.
    void aFreshNodeIsNotRed() {
        PipelineDocument document(m_catalogue);
        const NodeId rows = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId bars = document.addNode(templateOf("bar_chart"), {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(bars);
        QTRY_VERIFY(document.isValidated());
        QVERIFY(hasErrors(document.issues()));
        const auto red = [&form] { return isRed(form); };
        auto* value = form.findChild<QComboBox*>(QStringLiteral("input_value"));
        QVERIFY(!red());
        QCOMPARE(value->lineEdit()->placeholderText(), QStringLiteral("Choose a column"));
        form.setLoud(true);
        QVERIFY(red());
        form.setLoud(false);
        QVERIFY(!red());
        document.connectPorts({rows, "out"}, {bars, "in"});
        QTRY_VERIFY(document.isValidated());
        QTRY_COMPARE(value->currentText(), QStringLiteral("load"));
        value->setFocus();
        value->lineEdit()->selectAll();
        QTest::keyClick(value, Qt::Key_Delete);
        QTest::keyClick(value, Qt::Key_Return);
        QTRY_VERIFY(document.isValidated() && red());
        QVERIFY(says(form, QStringLiteral("“Length” needs a value.")));
    }

    void anAddedLineIsNotRed_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("param");
        for (const NodeKind& kind : m_catalogue.kinds()) {
            for (const ParamSpec& spec : kind.params) {
                const bool lines = spec.kind == ParamKind::SelectItems || spec.kind == ParamKind::SortItems ||
                                   spec.kind == ParamKind::Branches;
                if (lines && !kind.inputs.empty())
                    QTest::addRow("%s %s", kind.type.c_str(), spec.name.c_str())
                        << QString::fromStdString(kind.type) << QString::fromStdString(spec.name);
            }
        }
    }
    /// Two lines, as “Add” proposes them behind a time.
    void anAddedLineIsNotRed() {
        QFETCH(QString, type);
        QFETCH(QString, param);
        PipelineDocument document(m_catalogue);
        Json params = madeRows();
        params["columns"] = {"ts TIMESTAMP(3)", "name STRING", "id INT", "load DOUBLE"};
        params["rows"] = {{"2024-03-01 12:00:00", "a", 1, 0.5}};
        const NodeId rows = document.addNode(templateOf("rows", std::move(params)), {0, 0});
        const NodeId node = document.addNodeBehind(templateOf(type.toStdString()), {0, 0}, {rows, "out"});
        ParamForm form(document);
        form.show();
        form.setNode(node);
        QTRY_VERIFY(document.isValidated());
        for (int line = 0; line < 2; ++line) {
            ParamField* list = field(form, param.toLatin1().constData());
            QVERIFY(list);
            auto* add = qobject_cast<QPushButton*>(list->focusProxy());
            QVERIFY(add);
            add->click();
            QTRY_VERIFY(document.isValidated());
            for (const Issue& issue : document.issues()) {
                if (issue.node == node && issue.param == param.toStdString())
                    QVERIFY2(issue.severity != Severity::Error, english(issue).c_str());
            }
        }
    }

    /// Nobody has to write it, and a run that was asked for does not make it a mistake.
    void aConnectionThatIsOfferedIsNotRed() {
        PipelineDocument document(m_catalogue);
        document.setConnections(
            std::make_shared<const Connections>(std::vector<Connection>(), environmentSecret));
        const ConnectionOffer offer{
            RW_TEXT("test", "Waits for the server."), {}, RW_TEXT("test", "Start it")};
        document.setOffers({{"local_kafka", offer}});
        const NodeId source =
            document.addNode(templateOf("kafka_source", Json{{"connection", "local_kafka"},
                                                             {"topic", "orders"},
                                                             {"columns", Json::array({"n BIGINT"})}}),
                             {0, 0});
        ParamForm form(document);
        form.show();
        form.setNode(source);
        form.setLoud(true);
        QTRY_VERIFY(says(form, QStringLiteral("Waits for the server.")));
        QVERIFY(!isRed(form));
        QSignalSpy taken(&document, &PipelineDocument::offerTaken);
        for (QPushButton* const button : form.findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Start it")) button->click();
        }
        QCOMPARE(taken.size(), 1);
        QCOMPARE(taken[0][0].toString(), QStringLiteral("local_kafka"));
        document.setOffers({});
        QTRY_VERIFY(isRed(form));
    }

    /// A click anywhere opens the list; no entry of it is blank.
    void aColumnIsChosenFromAList() {
        PipelineDocument document(m_catalogue);
        const NodeId rows = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId line = document.addNodeBehind(templateOf("line_chart"), {0, 0}, {rows, "out"});
        ParamForm form(document);
        form.resize(400, 600);
        form.show();
        form.setNode(line);
        QVERIFY(QTest::qWaitForWindowActive(&form, 30'000));
        QTRY_VERIFY(document.isValidated());
        auto* series = form.findChild<QComboBox*>(QStringLiteral("input_series"));
        QTRY_COMPARE(series->count(), 4);
        for (int i = 0; i < series->count(); ++i) QVERIFY(!series->itemText(i).isEmpty());
        QVERIFY(!series->view()->isVisible());
        QTest::mouseClick(series->lineEdit(), Qt::LeftButton);
        QTRY_VERIFY(series->view()->isVisible());
        const auto choose = [&](const QString& name) {
            if (!series->view()->isVisible()) QTest::mouseClick(series->lineEdit(), Qt::LeftButton);
            QTRY_VERIFY(series->view()->isVisible());
            const QModelIndex entry = series->model()->index(series->findText(name), 0);
            series->view()->scrollTo(entry);
            QTest::qWait(QApplication::doubleClickInterval());  // else the box takes it for the opening click
            QTest::mouseClick(series->view()->viewport(), Qt::LeftButton, {},
                              series->view()->visualRect(entry).center());
        };
        choose(QStringLiteral("id"));
        QTRY_COMPARE(param(document, line, "series"), Json("id"));
        QTRY_COMPARE(series->currentText(), QStringLiteral("id"));
        choose(QStringLiteral("None"));
        QTRY_COMPARE(param(document, line, "series"), Json());
        QTRY_COMPARE(series->currentText(), QString());
        // Typing only completes columns.
        QTest::keyClicks(series, QStringLiteral("N"));
        QTest::keyClick(series, Qt::Key_Return);
        QTRY_COMPARE(param(document, line, "series"), Json("N"));
    }

    /// Empty means something other than nothing there.
    void whatHoldsWithoutAColumnIsSaid() {
        PipelineDocument document(m_catalogue);
        const NodeId rows = document.addNode(templateOf("rows", madeRows()), {0, 0});
        const NodeId window = document.addNodeBehind(
            templateOf("window_aggregate", {{"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}), {0, 0},
            {rows, "out"});
        const NodeId ranking = document.addNodeBehind(templateOf("top_n"), {0, 0}, {rows, "out"});
        ParamForm form(document);
        form.show();
        const auto showBehind = [&](const char* type, const NodeId& sender) {
            form.setNode(document.addNodeBehind(templateOf(type), {0, 0}, {sender, "out"}));
        };
        const auto placeholder = [&](const char* name) {
            const auto* box = form.findChild<QComboBox*>(QLatin1String(name));
            return box != nullptr ? box->lineEdit()->placeholderText() : QString();
        };
        showBehind("line_chart", rows);
        QTRY_COMPARE(placeholder("input_x"), QStringLiteral("Event time"));
        QCOMPARE(placeholder("input_series"), QStringLiteral("None"));
        showBehind("line_chart", window);
        QTRY_COMPARE(placeholder("input_x"), QStringLiteral("Start of the window"));
        showBehind("table_view", rows);
        QTRY_VERIFY(says(form, QStringLiteral("All columns")));
        showBehind("sqlite_sink", ranking);
        QTRY_VERIFY(says(form, QStringLiteral("The key of the rows: rank")));
        form.setNode(window);
        QTRY_VERIFY(says(form, QStringLiteral("None")));
    }

    /// The name of a field in a message stands at the field.
    void everyFieldHasTheNameThatMessagesUse() {
        PipelineDocument document(m_catalogue);
        for (const NodeKind& kind : m_catalogue.kinds()) {
            ParamForm form(document);
            form.show();
            form.setNode(document.addNode(templateOf(kind.type), {0, 0}));
            for (const ParamSpec& spec : kind.params) {
                const bool shown = field(form, spec.name.c_str())->isVisible();
                if (!spec.required || !shown) continue;
                QVERIFY2(says(form, QString::fromStdString(english(spec.label))),
                         (kind.type + "." + spec.name).c_str());
            }
        }
    }
};

QTEST_MAIN(TestFreshNodeForm)
#include "test_fresh_node_form.moc"

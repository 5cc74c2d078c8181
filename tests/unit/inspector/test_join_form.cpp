// The form of a node with two sides: the sender of each, the names for its condition, and how to begin it.
#include <QAbstractItemView>
#include <QCompleter>
#include <QPushButton>
#include <QTreeWidget>
#include <QtTest>
#include <functional>

#include "core/nodes/catalogue.h"
#include "tests/support/pair_kind.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/editor/sql_completion.h"
#include "widgets/inspector/form_parts.h"
#include "widgets/inspector/param_form.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

const Json kUsers = {{"columns", {"id INT", "name STRING", "ts TIMESTAMP(3)"}},
                     {"rows", {{1, "Ann", "2024-03-01 12:00:00"}}}};
const Json kOrders = {{"columns", {"id BIGINT", "price DOUBLE", "ts TIMESTAMP(3)"}},
                      {"rows", {{1, 0.5, "2024-03-01 12:00:00"}}}};

/// One input, whose rows meet those that parameter `columns` declares.
NodeKind tableKind() {
    NodeKind kind = test::pairsKind();
    kind.type = "with_table";
    kind.inputs.resize(1);
    kind.bind = [](BindContext&) { return BoundNodeRef(); };
    kind.params.push_back(makeParam("columns", ParamKind::ColumnDefs, RW_TEXT("test", "Table's columns"),
                                    RW_TEXT("test", "Name and type.")));
    return kind;
}

Catalogue kinds() {
    std::vector<NodeKind> all = builtin().kinds();
    all.push_back(test::pairsKind());
    all.push_back(tableKind());
    NodeKind windows = test::pairsKind();
    windows.type = "in_windows";
    windows.params.push_back(makeParam("window", ParamKind::Duration, RW_TEXT("test", "Window"),
                                       RW_TEXT("test", "How long it is.")));
    windows.params.push_back(makeParam("allowed_lateness", ParamKind::Duration, RW_TEXT("test", "Lateness"),
                                       RW_TEXT("test", "How late rows may be.")));
    all.push_back(std::move(windows));
    return Catalogue(std::move(all));
}

struct JoinForm {
    Catalogue catalogue = kinds();
    PipelineDocument document{catalogue};
    ParamForm form{document};
    NodeId users, orders, join;

    explicit JoinForm(const char* type = "pairs") {
        users = document.addNode({"rows", kUsers, QStringLiteral("Users")}, {0, 0});
        orders = document.addNode({"rows", kOrders, QStringLiteral("Orders")}, {0, 200});
        join = document.addNode({type, Json::object(), QStringLiteral("Both")}, {300, 100});
        form.resize(340, 900);
        form.show();
        form.setNode(join);
    }
    void wire(const NodeId& from, const char* input) {
        document.connectPorts({from, "out"}, {join, input});
        QTRY_VERIFY(document.isValidated());
    }
    ExpressionEdit& condition() { return *form.findChild<ExpressionEdit*>(QStringLiteral("input_on")); }
    QTreeWidget& list() { return *form.findChild<InputColumns*>()->findChild<QTreeWidget*>(); }
    QString listed() {
        QStringList names;
        for (int i = 0; i < list().topLevelItemCount(); ++i) names << list().topLevelItem(i)->text(0);
        return names.join(u' ');
    }
    QStringList facts() {
        QStringList all;
        for (const FormFact* fact : form.findChildren<FormFact*>())
            all << fact->accessibleName().simplified();
        return all;
    }
    QStringList fixes() {
        QStringList all;
        for (const HintBox* box : form.findChildren<HintBox*>()) {
            if (!box->isVisible()) continue;
            for (const QPushButton* link : box->findChildren<QPushButton*>())
                if (link->isVisible()) all << link->text();
        }
        return all;
    }
    Json on() const { return document.pipeline().find(join)->params.value("on", Json()); }
};

}  // namespace

class TestJoinForm : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void whoFeedsWhichSideIsSaid() {
        JoinForm f;
        QCOMPARE(f.facts().join(u'|'), QStringLiteral("left: no wire yet|right: no wire yet"));
        f.wire(f.orders, "right");
        QTRY_COMPARE(f.facts().last(), QStringLiteral("right: from “Orders”"));
        QCOMPARE(f.facts().first(), QStringLiteral("left: no wire yet"));
        f.document.connectPorts({f.users, "rejected"}, {f.join, "left"});
        QTRY_COMPARE(f.facts().first(), QStringLiteral("left: from “Users”, port rejected"));
        f.document.setTitle(f.orders, QStringLiteral("Sales"));
        QTRY_COMPARE(f.facts().last(), QStringLiteral("right: from “Sales”"));
    }

    void theColumnsOfBothSidesAreListed() {
        JoinForm f;
        f.wire(f.orders, "right");  // one alone
        QTRY_COMPARE(f.listed(), QStringLiteral("right.id right.price right.ts"));
        QVERIFY(f.list().isVisible());
        f.wire(f.users, "left");
        QTRY_COMPARE(f.listed(), QStringLiteral("left.id left.name left.ts right.id right.price right.ts"));
        Q_EMIT f.list().itemClicked(f.list().topLevelItem(0), 0);
        QCOMPARE(f.condition().toPlainText(), QStringLiteral("left.id"));
    }

    void namesThatNeedQuotesGetThem() {
        JoinForm f("with_table");
        f.document.setParam(f.join, "columns", Json::array({"`odd name` STRING", "price DOUBLE"}));
        f.wire(f.users, "left");
        QTRY_COMPARE(f.list().topLevelItemCount(), 5);
        QCOMPARE(f.list().topLevelItem(3)->text(0), QStringLiteral("right.odd name"));
        Q_EMIT f.list().itemClicked(f.list().topLevelItem(3), 0);
        QCOMPARE(f.condition().toPlainText(), QStringLiteral("right.`odd name`"));
        QCOMPARE(f.facts().last(), QStringLiteral("right: “Table's columns” of this form"));
    }

    void completionKnowsBothSides() {
        JoinForm f;
        f.wire(f.orders, "right");
        f.wire(f.users, "left");
        QTRY_COMPARE(f.list().topLevelItemCount(), 6);
        f.form.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&f.form, 30'000));
        f.condition().setFocus();
        QTest::keyClicks(&f.condition(), QStringLiteral("right.p"));
        QAbstractItemView* popup = f.condition().findChild<QCompleter*>()->popup();
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(f.condition().toPlainText(), QStringLiteral("right.price"));
        QTest::keyClicks(&f.condition(), QStringLiteral(" = pri"));  // by its bare name
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(f.condition().toPlainText(), QStringLiteral("right.price = right.price"));
    }

    void equalColumnsAreOfferedToBeginWith() {
        JoinForm f;
        f.wire(f.orders, "right");
        QTRY_COMPARE(f.fixes(), QStringList());
        f.wire(f.users, "left");
        QTRY_COMPARE(f.fixes(), QStringList(QStringLiteral("Use left.id = right.id")));
        for (QPushButton* link : f.form.findChildren<QPushButton*>())
            if (link->isVisible() && link->text().startsWith(QLatin1String("Use "))) link->click();
        QCOMPARE(f.on(), Json("left.id = right.id"));
        QTRY_COMPARE(f.fixes(), QStringList());
        QTRY_COMPARE(f.condition().toPlainText(), QStringLiteral("left.id = right.id"));
        QTRY_VERIFY(f.document.isValidated());
        for (const Issue& issue : f.document.issues()) {
            const bool wrong = issue.node == f.join && issue.severity == Severity::Error;
            QVERIFY2(!wrong, english(issue).c_str());
        }
        f.document.undoStack().undo();
        QTRY_COMPARE(f.fixes(), QStringList(QStringLiteral("Use left.id = right.id")));
    }

    void timeAndLateRowsAreThoseOfBothSides() {
        JoinForm f("in_windows");
        f.document.setParam(f.users, "event_time", "ts");
        f.wire(f.users, "left");
        const auto fact = [&f](const char* label) {
            const QStringList all = f.facts().filter(QLatin1String(label));
            return all.isEmpty() ? QString() : all.first();
        };
        QTRY_COMPARE(fact("Time column"), QStringLiteral("Time column: left.ts event time"));
        f.document.setParam(f.orders, "event_time", "ts");
        f.wire(f.orders, "right");
        QTRY_COMPARE(fact("Time column"), QStringLiteral("Time column: left.ts right.ts event time"));
        const NodeId table =
            f.document.addNode({"table_view", Json::object(), QStringLiteral("Too late")}, {600, 0});
        f.document.connectPorts({f.join, "late_right"}, {table, "in"});
        QTRY_COMPARE(fact("Late rows"), QStringLiteral("Late rows: sent to “Too late”"));
    }
};

QTEST_MAIN(TestJoinForm)
#include "test_join_form.moc"

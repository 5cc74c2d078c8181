// window_join: the columns it gives and reads, and its refusals.
#include <QtTest>

#include "core/stream/joins/window_join.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& kind() {
    static const Catalogue kinds = builtin();
    return *kinds.find("window_join");
}

StreamType stream(const std::vector<std::string>& columns, bool windowed = false) {
    Schema schema;
    for (const std::string& name : columns) {
        const bool time = name == "ts" || name.starts_with("window");
        schema.fields.push_back({name, Type::of(time ? TypeId::Timestamp : TypeId::Int)});
    }
    StreamType type;
    type.eventTime = schema.find(windowed ? "window_time" : "ts").value_or(-1);
    type.schema = std::make_shared<const Schema>(std::move(schema));
    type.made = type.windowed = windowed;
    return type;
}

StreamType fromWindow(const std::vector<std::string>& columns) {
    std::vector<std::string> all = {"window_start", "window_end", "window_time"};
    all.insert(all.end(), columns.begin(), columns.end());
    return stream(all, true);
}

BoundForTest tried(const StreamType& left, const StreamType& right, const Json& more = Json::object()) {
    Json params = {{"window", "tumble"}, {"size", "10s"}, {"on", "left.k = right.k"}};
    params.update(more);
    return bindNode(kind(), params, {{left}, {right}});
}

QString columns(const StreamType& stream) {
    QStringList names;
    for (const Field& field : stream.schema->fields) names << QString::fromStdString(field.name);
    return names.join(u' ');
}

ColumnSet only(const StreamType& stream, const QString& names) {
    ColumnSet set;
    for (const Field& field : stream.schema->fields)
        set.push_back(names.split(u' ').contains(QString::fromStdString(field.name)));
    return set;
}

const StreamType kPlain = stream({"k", "v", "ts"});

}  // namespace

class TestWindowJoin : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void givesTheColumnsOfBothAndTheWindow() {
        const BoundForTest bound = tried(kPlain, stream({"k", "w", "ts"}));
        QVERIFY2(bound.node, bound.said().c_str());
        const StreamType& out = bound.node->outputs[kJoined];
        QCOMPARE(columns(out),
                 QStringLiteral("k v ts k_right w ts_right window_start window_end window_time"));
        QCOMPARE(out.eventTime, 8);
        QVERIFY(out.made && out.windowed && !out.updating && !out.sourceOrder);
        QCOMPARE(columns(bound.node->outputs[kLateLeft]), QStringLiteral("k v ts late_by late_for"));
        QCOMPARE(columns(bound.node->outputs[kLateRight]), QStringLiteral("k w ts late_by late_for"));
        QVERIFY(bound.node->distribution.kind == Distribution::Kind::Keyed);
        QCOMPARE(bound.node->distribution.keys, (std::vector<std::vector<int>>{{0}, {0}}));
        QCOMPARE(QString::fromStdString(english(bound.node->summary)),
                 QStringLiteral("TUMBLE 10\u2009s · left.k = right.k · inner"));
    }

    void semiAndAntiGiveTheColumnsOfLeft() {
        for (const char* join : {"semi", "anti"}) {
            const BoundForTest bound = tried(kPlain, kPlain, {{"kind", join}});
            QVERIFY2(bound.node, bound.said().c_str());
            QCOMPARE(columns(bound.node->outputs[kJoined]),
                     QStringLiteral("k v ts window_start window_end window_time"));
        }
    }

    void theWindowsOfTheInputsGiveWay() {
        for (const char* window : {"tumble", "input"}) {
            const StreamType input = fromWindow({"k", "n"});
            const BoundForTest bound = tried(input, input, {{"window", window}});
            QVERIFY2(bound.node, bound.said().c_str());
            QCOMPARE(columns(bound.node->outputs[kJoined]),
                     QStringLiteral("k n k_right n_right window_start window_end window_time"));
        }
    }

    void aNameThatOnlyAWindowTookIsFree() {
        const BoundForTest bound = tried(fromWindow({"k"}), stream({"k", "window_end_right", "ts"}));
        QVERIFY2(bound.node, bound.said().c_str());
        QCOMPARE(columns(bound.node->outputs[kJoined]),
                 QStringLiteral("k k_right window_end_right ts window_start window_end window_time"));
    }

    void theConditionMayNameTheWindowsOfTheInputs() {
        const Json on = {{"on", "left.k = right.k AND left.window_start = right.window_start"}};
        const BoundForTest bound = tried(fromWindow({"k"}), fromWindow({"k"}), on);
        QVERIFY2(bound.node, bound.said().c_str());
        QCOMPARE(bound.node->distribution.keys, (std::vector<std::vector<int>>{{3, 0}, {3, 0}}));
    }

    void readsOnlyWhatItNeeds() {
        const StreamType left = stream({"k", "v", "x", "y", "ts"}),
                         right = stream({"k", "w", "x", "z", "ts"});
        const BoundForTest bound = tried(left, right, {{"on", "left.k = right.k AND left.v < right.w"}});
        QVERIFY2(bound.node, bound.said().c_str());
        std::vector<ColumnSet> wanted;
        for (const StreamType& output : bound.node->outputs) wanted.emplace_back(output.schema->size());
        QCOMPARE(bound.node->reads(wanted, {left, right}),
                 (std::vector{only(left, "k v ts"), only(right, "k w ts")}));
        wanted[kJoined] = only(bound.node->outputs[kJoined], "y x_right window_end");
        QCOMPARE(bound.node->reads(wanted, {left, right}),
                 (std::vector{only(left, "k v y ts"), only(right, "k w x ts")}));
        wanted[kLateRight] = only(bound.node->outputs[kLateRight], "z late_by");
        QCOMPARE(bound.node->reads(wanted, {left, right}),
                 (std::vector{only(left, "k v y ts"), only(right, "k w x z ts")}));
    }

    void windowsOfTheInputsAreRead() {
        const StreamType input = fromWindow({"k", "n"});
        const BoundForTest bound = tried(input, input, {{"window", "input"}});
        QVERIFY2(bound.node, bound.said().c_str());
        std::vector<ColumnSet> wanted;
        for (const StreamType& output : bound.node->outputs) wanted.emplace_back(output.schema->size());
        const ColumnSet read = only(input, "window_start window_end window_time k");
        QCOMPARE(bound.node->reads(wanted, {input, input}), (std::vector{read, read}));
    }

    void refusals_data() {
        QTest::addColumn<QString>("more");
        QTest::addColumn<QString>("left");  // the error in it
        QTest::addColumn<QString>("says");
        QTest::newRow("sessions") << QStringLiteral(R"({"window": "session", "gap": "5s"})") << QString()
                                  << QStringLiteral("have no sessions in common");
        QTest::newRow("no windows") << QStringLiteral(R"({"window": "input"})") << QString()
                                    << QStringLiteral("carry no windows");
        QTest::newRow("no event time") << QStringLiteral("{}") << QStringLiteral("timeless")
                                       << QStringLiteral("needs an event-time column");
        QTest::newRow("updates") << QStringLiteral("{}") << QStringLiteral("updating")
                                 << QStringLiteral("sends changing rows");
        QTest::newRow("a slide that is too long") << QStringLiteral(R"({"window": "hop", "slide": "20s"})")
                                                  << QString() << QStringLiteral("is longer than the window");
        QTest::newRow("no equal columns") << QStringLiteral(R"({"on": "left.v < right.v"})") << QString()
                                          << QStringLiteral("is said to equal one of");
    }
    void refusals() {
        QFETCH(QString, more);
        QFETCH(QString, left);
        QFETCH(QString, says);
        for (const bool swapped : {false, true}) {
            StreamType wrong = kPlain;
            if (left == QLatin1String("timeless")) wrong.eventTime = -1;
            wrong.updating = left == QLatin1String("updating");
            if (wrong.updating) wrong.key = {0};
            const Json given = Json::parse(more.toStdString());
            const BoundForTest bound = swapped ? tried(kPlain, wrong, given) : tried(wrong, kPlain, given);
            QVERIFY(!bound.node);
            const QString said = QString::fromStdString(bound.said());
            QVERIFY2(said.contains(says), qPrintable(said));
        }
    }

    void ofLengthsIsSaidOnce() {
        const BoundForTest bound = tried(kPlain, kPlain, {{"window", "hop"}, {"slide", "3s"}});
        QVERIFY2(bound.node, bound.said().c_str());
        QCOMPARE(bound.issues.size(), std::size_t{1});
        QVERIFY(bound.issues[0].severity == Severity::Warning);
    }

    void anInputWithoutWindowsIsNamed() {
        const BoundForTest bound = tried(fromWindow({"k"}), kPlain, {{"window", "input"}});
        QVERIFY(!bound.node);
        QCOMPARE(bound.issues.size(), std::size_t{1});
        QCOMPARE(bound.issues[0].quickFixes.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestWindowJoin)
#include "test_window_join.moc"

// The parameters of nodes whose messages have a format: what they are bound to, what is refused and how to
// mend it, and messages that come through a whole source.
#include <QtTest>

#include "core/connect/formats/message_decoder.h"
#include "core/nodes/format_params.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/message_node.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

BoundForTest boundWith(const std::string& format, Json params) {
    params["format"] = format;
    return bindNode(messagesKind(format), params, {});
}

/// The first error with its mend; “none” where it binds.
std::string errorOf(const std::string& format, const Json& params) {
    const BoundForTest bound = boundWith(format, params);
    for (const Issue& issue : bound.issues) {
        if (issue.severity == Severity::Error) return english(issue.message) + " " + english(issue.fix);
    }
    return bound.node ? "none" : "nothing is said";
}

/// A sink's parameters, bound for rows of an input.
struct SinkBound {
    std::optional<EncoderOptions> options{};
    std::vector<Issue> issues{};
};
SinkBound sinkWith(const Json& params, const StreamType& input, const std::vector<int>& key = {}) {
    SinkBound out;
    Node node;
    node.id = "n";
    node.params = params;
    std::vector<ParamSpec> specs = sinkFormatParams();
    const Settings settings;
    BindContext context(node, specs, settings, "/nowhere", {{input}}, out.issues);
    out.options = bindSinkFormat(context, input, key);
    return out;
}

std::string sinkError(const Json& params, const StreamType& input, const std::vector<int>& key = {}) {
    const SinkBound bound = sinkWith(params, input, key);
    if (bound.options) return "none";
    return bound.issues.empty() ? "nothing is said" : english(bound.issues.front().message);
}

StreamType inputOf(const std::vector<Field>& columns, bool updating = false) {
    StreamType input;
    input.schema = std::make_shared<const Schema>(Schema{columns});
    input.updating = updating;
    return input;
}

}  // namespace

class TestFormatParams : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void refused_data() {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QByteArray>("params");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* format, const char* params, const char* error) {
            QTest::newRow((std::string(format) + params).c_str())
                << QByteArray(format) << QByteArray(params) << QString::fromUtf8(error);
        };
        row("json",
            R"({"columns":["a INT","k STRING FROM KEY","t STRING FROM HEADER 'trace'","o BIGINT FROM OFFSET"]})",
            "none");
        row("json", R"({"columns":["t STRING FROM HEADER"]})",
            "FROM HEADER does not say the name of a header. Write it in quotes: FROM HEADER 'trace'.");
        row("json", R"({"columns":["o INT FROM OFFSET"]})",
            "FROM OFFSET is a BIGINT, and the column is INT. Declare the column as BIGINT.");
        row("json", R"({"columns":["o BIGINT FROM OFFSET 'x'"]})",
            "Nothing can follow FROM OFFSET. Write: FROM OFFSET");
        row("json", R"({"columns":["o STRING FROM TIMESTAMP"]})",
            "FROM TIMESTAMP is a TIMESTAMP(3), and the column is STRING. Declare the column as "
            "TIMESTAMP(3).");
        row("json", R"({"columns":["k INT FROM KEY 'no path'"]})",
            "What follows FROM KEY is no path in quotes. Write FROM KEY for the whole key, or a path into a "
            "key of "
            "JSON: FROM KEY '$.id'.");
        row("csv", R"({"columns":["a INT FROM '$.a'"]})",
            "A path is for columns that are read from JSON or Avro. Write a name and a type: price DOUBLE.");
        row("csv", R"({"columns":["k STRING FROM KEY"]})",
            "No column is of the messages themselves. Declare the columns of a row of CSV, in their order.");
        row("text", R"({"columns":["a INT"]})",
            "Text has one column, of type STRING. Write “line STRING”, or choose another format.");
        row("text", R"({"columns":["a STRING","b STRING"]})",
            "Text has one column, of type STRING. Write “line STRING”, or choose another format.");
        row("text", R"({"columns":["k STRING FROM KEY"]})",
            "Text has one column, of type STRING. Write “line STRING”, or choose another format.");
        row("text", R"({"columns":["a STRING","k INT FROM KEY"]})", "none");
        row("avro", R"({"columns":["a INT"],"schema":""})",
            "Messages of Avro don't say what is in them: a schema is needed. Give it here, or choose the "
            "registry that "
            "knows it.");
        row("avro", R"({"columns":["a INT"],"schema":"","registry":"x"})", "none");
        row("avro", R"({"columns":["a INT"],"schema":"{"})",
            "The schema is no JSON. Give the schema as the registry or the .avsc file has it, in JSON.");
        row("avro", R"({"columns":["a INT"],"schema":"\"int\""})",
            "The schema is no record, but of type int. Give the schema of the whole message.");
        row("avro", R"({"columns":["b INT"]})",
            "The schema has no field for column “b”. Its fields are: a, ts.");
        row("avro", R"({"columns":["ts DATE"]})",
            "Column “ts” is DATE, and the field in the schema is of type long (timestamp-millis). Declare "
            "the column as "
            "TIMESTAMP(3). ");
        row("debezium", R"({"columns":["a INT","o BIGINT FROM OFFSET"]})",
            "Column “o” is of the message that brings a change: a row that is withdrawn would have another "
            "value than it "
            "had before. Leave the column out, or read the field that Debezium has in the row.");
        row("debezium", R"({"columns":["a INT"],"key":["b"]})", "There is no column “b”. ");
        row("debezium", R"({"columns":["a INT"],"arrival_time":"at"})",
            "Rows that change have no time of arrival: a row that is withdrawn would have another one than "
            "it had "
            "before. Leave it empty.");
    }
    void refused() {
        QFETCH(QByteArray, format);
        QFETCH(QByteArray, params);
        QFETCH(QString, error);
        const std::string said = errorOf(format.toStdString(), Json::parse(params.toStdString()));
        QVERIFY2(said.starts_with(error.toStdString()), said.c_str());
    }

    void changesAreAnUpdatingStream() {
        const auto streamOf = [](const Json& params) {
            return boundWith("debezium", params).node->outputs.front();
        };
        const StreamType byKey = streamOf({{"columns", {"a INT", "b STRING"}}, {"key", {"a"}}});
        QVERIFY(byKey.updating && byKey.sharedPositions && !byKey.multiset);
        QCOMPARE(byKey.key, std::vector<int>{0});
        const StreamType ofMessage = streamOf({{"columns", {"b STRING", "a INT FROM KEY '$.id'"}}});
        QCOMPARE(ofMessage.key, std::vector<int>{1});
        const StreamType none = streamOf({{"columns", {"a INT", "b STRING"}}});
        QVERIFY(none.updating && none.multiset && none.key.empty());
        QVERIFY(!boundWith("json", {{"columns", {"a INT", "b STRING"}}}).node->outputs.front().updating);
    }

    void sinks() {
        const Type number = Type::of(TypeId::Int), text = Type::of(TypeId::String);
        const StreamType rows = inputOf({{"id", number}, {"name", text}});
        const StreamType changing = inputOf({{"id", number}, {"name", text}}, true);
        QCOMPARE(sinkError({{"format", "json"}}, rows), std::string("none"));
        QVERIFY(sinkError({{"format", "json"}}, changing)
                    .starts_with("The rows of the input change: without a key"));
        QCOMPARE(sinkError({{"format", "json"}}, changing, {0}), std::string("none"));
        QCOMPARE(sinkError({{"format", "debezium"}}, changing), std::string("none"));
        QCOMPARE(sinkError({{"format", "text"}}, rows), std::string("Text is one column, of type STRING."));
        QCOMPARE(sinkWith({{"format", "text"}}, rows, {0}).options->text, 1);
        QCOMPARE(sinkWith({{"format", "text"}}, inputOf({{"name", text}}), {0}).options->text, 0);
        QCOMPARE(sinkError({{"format", "csv"}, {"delimiter", "\""}}, rows),
                 std::string("Texts are written in these quotes."));
        const SinkBound csv = sinkWith({{"format", "csv"}, {"delimiter", ";"}}, rows);
        QVERIFY(csv.options->csv.delimiter == ';' && csv.options->csv.quote == '"');
        QCOMPARE(sinkError({{"format", "avro"}}, inputOf({{"a b", text}})),
                 std::string("“a b” is no name of a field in Avro."));
        const SinkBound avro = sinkWith({{"format", "avro"}, {"registry", "r"}}, rows);
        QCOMPARE(avro.options->registry, std::string("r"));
        QVERIFY(avro.options->avroSchema.find(R"("name":"id","type":["null","int"])") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestFormatParams)
#include "test_format_params.moc"

// What is proposed for a source by what is in its topic or table.
#include "core/nodes/sources/subject_params.h"

#include <QtTest/QtTest>

#include "core/connect/avro/avro_bytes.h"
#include "core/connect/avro/writer_schemas.h"
#include "core/connect/connections/connection_browser.h"
#include "core/nodes/format_params.h"

using namespace rw;

namespace {

SubjectContent contentOf(const std::vector<std::string>& values) {
    SubjectContent content;
    for (const std::string& value : values) content.messages.emplace_back().value = value;
    return content;
}

SubjectProposal proposed(const std::vector<std::string>& values, const Json& params = Json::object()) {
    return proposeSubject(contentOf(values), params);
}

/// “1|a, 2|NULL”
std::string rowsOf(const SubjectProposal& proposal) {
    std::string words;
    for (const auto& row : proposal.rows) {
        words += words.empty() ? "" : ", ";
        for (std::size_t i = 0; i < row.size(); ++i) words += (i > 0 ? "|" : "") + row[i].value_or("NULL");
    }
    return words;
}

std::string avroMessage(char id, std::int64_t value) {
    std::string message = std::string(4, '\0') + id;
    appendAvroLong(message, value);
    return message;
}

}  // namespace

class TestSubjectParams : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void json() {
        const SubjectProposal found = proposed({"{\"id\":1,\"city\":\"a\"}", "{\"id\":2}"});
        QCOMPARE(found.params, Json({{"format", "json"}, {"columns", {"id INT", "city STRING"}}}));
        QCOMPARE(rowsOf(found), std::string("1|a, 2|NULL"));
        QCOMPARE(english(found.found), std::string("JSON, in the newest 2 messages"));
        QVERIFY(found.notes.empty() && found.needs.empty());
        SubjectContent file = contentOf({"{\"id\":1}", "{\"id\":2}"});
        file.isFile = true;
        QCOMPARE(english(proposeSubject(file, Json::object()).found),
                 std::string("JSON, in 2 rows of the newest file"));
    }

    void csvWithItsDelimiter() {
        const SubjectProposal found = proposed({"1;x", "2;y"});
        QCOMPARE(found.params["format"], Json("csv"));
        QCOMPARE(found.params["delimiter"], Json(";"));
        QCOMPARE(rowsOf(found), std::string("1|x, 2|y"));
    }

    void aLineAndBytes() {
        QCOMPARE(proposed({"hello"}).params, Json({{"format", "text"}, {"columns", {"message STRING"}}}));
        QCOMPARE(english(proposed({"hello"}).found), std::string("Text, in 1 message"));
        QCOMPARE(proposed({"\xff"}).params["columns"], Json({"message BYTES"}));
    }

    void changes() {
        const SubjectProposal found = proposed({"{\"before\":null,\"after\":{\"id\":1},\"op\":\"c\"}"});
        QCOMPARE(found.params, Json({{"format", "debezium"}, {"columns", {"id INT"}}}));
        QCOMPARE(rowsOf(found), std::string("1"));
    }

    void whatWouldBeRejectedIsSaid() {
        std::vector<std::string> values(10, "{\"id\":1}");
        values.emplace_back("broken");
        const SubjectProposal found = proposed(values);
        QCOMPARE(found.params["columns"], Json({"id INT"}));
        QCOMPARE(found.notes.size(), std::size_t{1});
        QVERIFY(english(found.notes.front()).starts_with("1 of these messages"));
    }

    void noMessageTellsNothing() {
        QVERIFY(proposed({}).params.empty() && proposed({}).notes.size() == 1);
        SubjectContent tombstones;
        tombstones.messages.resize(2);
        const SubjectProposal found = proposeSubject(tombstones, Json::object());
        QVERIFY(found.params.empty() && english(found.notes.front()).find("no value") != std::string::npos);
    }

    void aRegistryHasToBeNamed() {
        const SubjectProposal found = proposed({avroMessage(3, 7)});
        QCOMPARE(found.params, Json({{"format", "avro"}}));
        QCOMPARE(found.needs, std::string("registry"));
        QVERIFY(found.rows.empty());
    }

    void columnsOfTheNewestSchema() {
        SubjectContent content = contentOf({avroMessage(3, 7), avroMessage(4, 8)});
        const auto schemas = std::make_shared<WriterSchemas>();
        for (const std::uint32_t id : {3U, 4U}) {
            const std::string text = fmt::format(
                "{{\"type\":\"record\",\"name\":\"row\",\"fields\":[{{\"name\":\"{}\",\"type\":\"long\"}}]}}",
                id == 4 ? "b" : "a");
            Result<AvroSchema> schema = AvroSchema::parse(text);
            QVERIFY(schema.ok());
            schemas->add(id, {std::make_shared<const AvroSchema>(*std::move(schema)), {}});
        }
        content.schemas = schemas;
        const SubjectProposal found = proposeSubject(content, {{"registry", "reg"}});
        QCOMPARE(found.params, Json({{"registry", "reg"}, {"format", "avro"}, {"columns", {"b BIGINT"}}}));
        QVERIFY2(rowsOf(found).ends_with("8"), rowsOf(found).c_str());
    }

    void aSchemaThatIsGivenCounts() {
        std::string record;
        appendAvroLong(record, 7);
        const std::string schema =
            "{\"type\":\"record\",\"name\":\"row\",\"fields\":[{\"name\":\"n\",\"type\":\"long\"}]}";
        const SubjectProposal found = proposed({record}, {{"format", "avro"}, {"schema", schema}});
        QCOMPARE(found.params["format"], Json("avro"));
        QCOMPARE(found.params["columns"], Json({"n BIGINT"}));
        QCOMPARE(rowsOf(found), std::string("7"));
        // One that is none leaves the guess.
        const SubjectProposal wrong = proposed({record}, {{"format", "avro"}, {"schema", "no schema"}});
        QVERIFY(wrong.params["format"] != Json("avro"));
    }

    void aSchemaThatCantBeUsedIsSaid() {
        SubjectContent content = contentOf({avroMessage(3, 7)});
        const auto schemas = std::make_shared<WriterSchemas>();
        schemas->add(3, {nullptr, {"test", "No such schema."}});
        content.schemas = schemas;
        const SubjectProposal found = proposeSubject(content, {{"registry", "reg"}});
        QVERIFY(!found.params.contains("columns"));
        QCOMPARE(english(found.notes.front()), std::string("No such schema."));
    }

    void theColumnsOfATable() {
        SubjectContent table;
        table.isTable = true;
        table.columns.fields = {{"id", Type::of(TypeId::Bigint)}, {"a b", Type::of(TypeId::String)}};
        table.foreign = {"where"};
        table.rows = {{std::string("1"), std::nullopt}};
        const SubjectProposal found = proposeSubject(table, Json::object());
        QCOMPARE(found.params, Json({{"columns", {"id BIGINT", "`a b` STRING"}}}));
        QCOMPARE(rowsOf(found), std::string("1|NULL"));
        QVERIFY(english(found.notes.front()).find("where") != std::string::npos);
    }

    void newestRowsAreShownAndNoMore() {
        std::vector<std::string> values;
        for (int i = 0; i < 200; ++i) values.push_back(fmt::format("{{\"id\":{}}}", i));
        const SubjectProposal found = proposed(values);
        QCOMPARE(found.rows.size(), kShownRows);
        QCOMPARE(found.rows.back().front().value_or(""), std::string("199"));
    }
};

QTEST_APPLESS_MAIN(TestSubjectParams)
#include "test_subject_params.moc"

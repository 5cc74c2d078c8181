// lookup_join: rows beside those of a table that they meet, from the words of a person to the rows that
// leave.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <random>

#include "core/connect/sqlite/lookup.h"
#include "core/data/state_reader.h"
#include "core/pipeline/validate.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/waiting/request.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/nodes/fixtures/lookup_shop.h"

using namespace rw;
using namespace rw::test;
using namespace rw::test::lookups;

class TestLookupJoin : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aFileThatIsNotThere() {
        const auto schema = schemaOf({{"k", Type::of(TypeId::Bigint)}});
        const auto reader = SqliteTableReader::open("/nowhere/a.sqlite", "t", schema);
        QVERIFY(!reader.ok());
        // Sinks make their files, but no node makes this one.
        QCOMPARE(english(reader.error()),
                 std::string("There is no file “/nowhere/a.sqlite” yet. Choose another file."));
    }

    void aFileThatIsLocked() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("t.sqlite")).toStdString();
        SQLite::Database writer(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        writer.exec("CREATE TABLE t (k INTEGER)");
        writer.exec("BEGIN EXCLUSIVE");
        const auto reader = SqliteTableReader::open(path, "t", schemaOf({{"k", Type::of(TypeId::Bigint)}}));
        QVERIFY(!reader.ok());
        const std::string said = english(reader.error());
        QVERIFY2(said.find("locked; waited 2\u2009s") != std::string::npos, said.c_str());
    }

    /// BLOBs are BYTES; a text among them counts as its UTF-8, as in SQLite's own cast, and a number is none.
    void bytesOfATable() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("t.sqlite")).toStdString();
        SQLite::Database writer(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        writer.exec("CREATE TABLE t (k BLOB, v INTEGER)");
        writer.exec("INSERT INTO t VALUES (x'00ff', 1), (x'', 2), ('AP8=', 3), (NULL, 4)");
        const Result<Schema> schema = sqliteSchema(path, "t");
        QVERIFY(schema.ok());
        QVERIFY(schema->fields[0].type.is(TypeId::Bytes));
        const auto reader = SqliteTableReader::open(path, "t", std::make_shared<const Schema>(*schema));
        QVERIFY(reader.ok());
        const Result<Batch> batch = (*reader)->next(10);
        QVERIFY(batch.ok());
        QCOMPARE(batch->rows, std::size_t{4});
        const Column& bytes = batch->column(0);
        QCOMPARE(std::string(bytes.string(0)), std::string("\0\xff", 2));
        QVERIFY(!bytes.isNull(1) && bytes.string(1).empty());
        QCOMPARE(std::string(bytes.string(2)), std::string("AP8="));
        QVERIFY(bytes.isNull(3));
        writer.exec("INSERT INTO t VALUES (5, 5)");
        const auto again = SqliteTableReader::open(path, "t", std::make_shared<const Schema>(*schema));
        QVERIFY(again.ok());
        QVERIFY(!(*again)->next(10).ok());
    }

    void rowsStandBesideThoseTheyMeet() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1.5, 'x'), ('b', 2, 'y'), ('a', 3, 'z'), (NULL, 4, 'n')");
        const Batch batch = batchOf({{text("a"), 1}, {text("c"), 2}, {Value(), 3}, {text("b"), Value()}});
        QCOMPARE(shop.rows({}, batch), (Lines{"a|1|a|1.5", "a|1|a|3", "b|∅|b|2"}));
        QCOMPARE(shop.rows({{"kind", "left"}}, batch),
                 (Lines{"a|1|a|1.5", "a|1|a|3", "c|2|∅|∅", "∅|3|∅|∅", "b|∅|b|2"}));
    }

    void anEmptyTableIsMetByNobody() {
        Shop shop;
        const Batch batch = batchOf({{text("a"), 1}});
        QCOMPARE(shop.rows({}, batch), Lines{});
        QCOMPARE(shop.rows({{"kind", "left"}}, batch), Lines{"a|1|∅|∅"});
    }

    void columnsOfOneNameAreToldApart() {
        Shop shop;
        const BoundForTest bound = shop.bind();
        QVERIFY2(bound.node, bound.said().c_str());
        const StreamType& out = bound.node->outputs.front();
        QCOMPARE(out.schema->fields.at(3).name, std::string("k_right"));
        QCOMPARE(out.schema->fields.at(4).name, std::string("price"));
        QCOMPARE(out.eventTime, 2);
        QVERIFY(out.sourceOrder && !out.made && !out.updating);
        QVERIFY(bound.node->waits);
    }

    void moreMayBeAskedOfAPair() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, ''), ('a', 2, ''), ('a', 3, ''), ('b', 9, '')");
        const Batch batch = batchOf({{text("a"), 2}, {text("b"), 2}});
        const Json on = {{"on", "left.k = right.k AND right.price <= left.v"}};
        QCOMPARE(shop.rows(on, batch), (Lines{"a|2|a|1", "a|2|a|2"}));
        Json left = on;
        left["kind"] = "left";
        QCOMPARE(shop.rows(left, batch), (Lines{"a|2|a|1", "a|2|a|2", "b|2|∅|∅"}));
    }

    void aPairThatCanNotBeComputedIsRejected() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, ''), ('b', 2, '')");
        Batch batch = batchOf({{text("b"), 0}, {text("a"), 5}});
        batch.positions.first = 70;
        const BoundForTest bound =
            shop.bind({{"on", "left.k = right.k AND 10 / left.v > 1"}, {"kind", "left"}});
        QVERIFY2(bound.node, bound.said().c_str());
        const auto op = shop.make(*bound.node);
        Taken taken;
        QVERIFY(Shop::feed(*op, batch, taken).ok());
        QCOMPARE(taken.lines(), (Lines{"b|0|∅|∅", "a|5|a|1"}));
        QCOMPARE(taken.rejected.size(), std::size_t{1});
        QVERIFY2(taken.rejected[0].starts_with("70: "), taken.rejected[0].c_str());
    }

    // A row keeps its place and its stamp, however often it goes on.
    void stampsAndPositionsGoWithTheirRows() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, ''), ('a', 2, '')");
        Batch batch = batchOf({{text("b"), 0}, {text("a"), 1}, {text("a"), 2}});
        batch.positions.first = 10;
        batch.stamps = std::make_shared<const std::vector<Instant>>(std::vector<Instant>{5, 6, 7});
        const BoundForTest bound = shop.bind();
        const auto op = shop.make(*bound.node);
        Taken taken;
        QVERIFY(Shop::feed(*op, batch, taken).ok());
        std::vector<std::int64_t> positions;
        std::vector<Instant> stamps;
        for (const Batch& left : taken.batches) {
            for (std::size_t row = 0; row < left.rows; ++row) {
                positions.push_back(left.positions.at(row));
                stamps.push_back((*left.stamps)[row]);
            }
        }
        QCOMPARE(positions, (std::vector<std::int64_t>{11, 11, 12, 12}));
        QCOMPARE(stamps, (std::vector<Instant>{6, 6, 7, 7}));
    }

    void aCallGivesNoMoreThanABatch() {
        Shop shop;
        shop.exec(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
            "INSERT INTO items SELECT 'a', i, '' FROM n");
        const BoundForTest bound = shop.bind({{"kind", "left"}});
        const auto op = shop.make(*bound.node, 32);
        Taken taken;
        QVERIFY(Shop::feed(*op, batchOf({{text("a"), 1}, {text("b"), 2}, {text("a"), 3}}), taken).ok());
        QCOMPARE(taken.lines().size(), std::size_t{2001});
        QCOMPARE(taken.lines().at(1000), std::string("b|2|∅|∅"));
        for (const Batch& batch : taken.batches) QVERIFY(batch.rows <= 33);
    }

    void theTableIsReadAnewNowAndThen() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, '')");
        const BoundForTest bound = shop.bind();
        const auto op = shop.make(*bound.node), other = shop.make(*bound.node);
        const Batch batch = batchOf({{text("a"), 0}});
        const auto price = [&](Operator& asked) {
            Taken taken;
            const Status status = Shop::feed(asked, batch, taken);
            return status.ok() ? taken.lines().at(0) : english(status.error());
        };
        QCOMPARE(price(*op), std::string("a|0|a|1"));
        shop.exec("UPDATE items SET price = 2");
        shop.clock->advance(kRefresh - 1);
        QCOMPARE(price(*op), std::string("a|0|a|1"));
        shop.clock->advance(1);
        QCOMPARE(price(*op), std::string("a|0|a|1"));  // is not held up; the table is read behind it
        QCOMPARE(price(*op), std::string("a|0|a|2"));
        QCOMPARE(price(*other), std::string("a|0|a|2"));  // they share it
        shop.exec("DROP TABLE items");
        QCOMPARE(price(*other), std::string("a|0|a|2"));
        shop.clock->advance(kRefresh);
        QVERIFY(price(*op).find("There is no table “items”") != std::string::npos);
    }

    // A disk or a lock keeps no call: the file is read elsewhere, and rows that wait are state.
    void noCallReadsTheFile() {
        struct Kept final : Requests {
            std::vector<RequestRef> begun{};
            Status begin(const RequestRef& request) override {
                begun.push_back(request);
                return {};
            }
            void carryOut() {
                for (const RequestRef& request : std::exchange(begun, {})) {
                    Result<Request::Step> step = request->step();
                    while (step.ok() && *step != Request::Step::Done) step = request->step();
                    request->answer(step.status());
                }
            }
        };
        Shop shop;
        const BoundForTest bound = shop.bind();
        MakeContext context;
        context.node = "n";
        context.clock = shop.clock;
        context.inputs.emplace_back().type = keyedStream();
        const auto make = [&](const std::shared_ptr<Kept>& requests) {
            context.scope = std::make_shared<RunScope>();
            context.requests = requests;
            return std::get<std::unique_ptr<Operator>>(*lookupKind().make(*bound.node, context));
        };
        const auto requests = std::make_shared<Kept>(), later = std::make_shared<Kept>();
        const auto op = make(requests), other = make(later);
        Taken taken;
        for (const char* key : {"a", "b", "a"})
            QVERIFY(Shop::feed(*op, batchOf({{text(key), 1}}), taken).ok());
        QVERIFY(taken.lines().empty() && requests->begun.size() == 1);
        QVERIFY(!op->hasMore() && op->wakesAt() != Operator::kNever && op->takesMore());
        QCOMPARE(op->heldSize().keys, std::size_t{3});
        StateWriter state;
        QVERIFY(op->snapshot(state).ok());
        const std::string written = state.finish();
        shop.exec("INSERT INTO items VALUES ('a', 1, '')");
        requests->carryOut();
        QCOMPARE(op->wakesAt(), std::int64_t{0});
        const auto goOn = [&taken](Operator& resumed) {
            do {
                if (!resumed.resume(taken).ok()) return false;
            } while (resumed.hasMore());
            return true;
        };
        QVERIFY(goOn(*op));
        QCOMPARE(taken.lines(), (Lines{"a|1|a|1", "a|1|a|1"}));
        QCOMPARE(op->wakesAt(), Operator::kNever);
        // A node that resumes from the state reads the table again.
        taken.batches.clear();
        shop.exec("UPDATE items SET price = 2");
        const Result<StateReader> reader = StateReader::open(written);
        QVERIFY(reader.ok() && other->restore(*reader, KeyGroups{}).ok() && goOn(*other));
        QVERIFY(taken.lines().empty());
        later->carryOut();
        QVERIFY(goOn(*other));
        QCOMPARE(taken.lines(), (Lines{"a|1|a|2", "a|1|a|2"}));
        // Rows that have a table wait for the next one, but not for ever.
        taken.batches.clear();
        shop.clock->advance(kRefresh);
        for (int i = 0; i < 2; ++i) QVERIFY(Shop::feed(*op, batchOf({{text("a"), 3}}), taken).ok());
        QCOMPARE(taken.lines(), Lines{"a|3|a|1"});
        QVERIFY(op->wakesAt() != Operator::kNever);
        shop.clock->advance(2'000);
        QVERIFY(goOn(*op));
        QCOMPARE(taken.lines(), (Lines{"a|3|a|1", "a|3|a|1"}));
    }

    void aTableThatIsTooLargeIsRefused() {
        Shop shop;
        shop.exec("INSERT INTO items VALUES ('a', 1, ''), ('b', 2, ''), ('c', 3, '')");
        const SchemaRef schema = schemaOf({{"k", Type::of(TypeId::String)}});
        const SqliteLookupTarget target{shop.path(), "items", schema, {0}, kRefresh};
        SqliteLookup small(target, shop.clock, 2);
        const Result<bool> read = small.read(kNoMoment);
        QVERIFY(!read.ok());
        QVERIFY(english(read.error()).find("at most 2 rows") != std::string::npos);
        SqliteLookup tight(target, shop.clock, 100, 10);
        QVERIFY(!tight.read(kNoMoment).ok());
        SqliteLookup enough(target, shop.clock, 3);
        while (!enough.newest()) QVERIFY(enough.read(kNoMoment).ok() && enough.adopt().ok());
        QCOMPARE(enough.newest()->rows().size(), std::size_t{3});
        QVERIFY(!enough.due());
    }

    void valuesAreReadAsTheyAreDeclared_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("stored");
        QTest::addColumn<QString>("read");  // empty: is refused
        const auto row = [](const char* type, const char* stored, const char* read) {
            QTest::addRow("%s %s", type, stored) << type << stored << read;
        };
        row("BOOLEAN", "1", "true");
        row("BOOLEAN", "'false'", "false");
        row("BOOLEAN", "2", "");
        row("INT", "2147483647", "2147483647");
        row("INT", "2147483648", "");
        row("BIGINT", "-9223372036854775808", "-9223372036854775808");
        row("BIGINT", "'12'", "12");
        row("BIGINT", "1.5", "");
        row("DOUBLE", "7", "7");
        row("DOUBLE", "0.1", "0.1");
        row("DECIMAL(10,2)", "'12.50'", "12.50");
        row("DECIMAL(10,2)", "3", "3.00");
        row("DATE", "'2024-03-01'", "2024-03-01");
        row("DATE", "'soon'", "");
        row("TIMESTAMP(3)", "'2024-03-01 12:00:00'", "2024-03-01 12:00:00.000");
        row("TIMESTAMP(3)", "1709294400000", "2024-03-01 12:00:00.000");
        row("STRING", "'a'", "a");
        row("STRING", "42", "42");
        row("STRING", "CAST(x'ff' AS TEXT)", "");
        row("STRING", "x'00'", "");
        row("INT", "NULL", "∅");
    }

    void valuesAreReadAsTheyAreDeclared() {
        QFETCH(QString, type);
        QFETCH(QString, stored);
        QFETCH(QString, read);
        Shop shop("CREATE TABLE items (k TEXT, x)");
        shop.exec("INSERT INTO items VALUES ('a', " + stored.toStdString() + ")");
        const Lines lines =
            shop.rows({{"columns", {"k STRING", "x " + type.toStdString()}}}, batchOf({{text("a"), 1}}));
        QCOMPARE(lines.size(), std::size_t{1});
        if (read.isEmpty()) {
            QVERIFY2(lines[0].find("Row 1 of table “items”") != std::string::npos, lines[0].c_str());
            QVERIFY2(lines[0].find("is no " + type.toStdString()) != std::string::npos, lines[0].c_str());
        } else {
            QCOMPARE(QString::fromStdString(lines[0]), QStringLiteral("a|1|a|") + read);
        }
    }

    // The designer reads the sink's declarations.
    void columnsAreInferred() {
        Shop shop(
            "CREATE TABLE items (\"the id\" INTEGER, ok INTEGER BOOLEAN, price REAL, name VARCHAR(20), "
            "total TEXT DECIMAL(10,2), at TEXT TIMESTAMP(3), day DATE, n NUMERIC, x)");
        const std::string folder = shop.path().substr(0, shop.path().rfind('/'));
        const auto columns = lookupKind().infer({{"database", "shop.sqlite"}, {"table", "ITEMS"}}, folder);
        QVERIFY2(columns.ok(), columns.ok() ? "" : english(columns.error()).c_str());
        QCOMPARE(*columns,
                 (Lines{"`the id` BIGINT", "ok BOOLEAN", "price DOUBLE", "name STRING", "total DECIMAL(10,2)",
                        "at TIMESTAMP(3)", "day DATE", "n DOUBLE", "x STRING"}));
        const auto none = lookupKind().infer({{"database", shop.path()}, {"table", "other"}}, "/");
        QVERIFY(!none.ok());
        QVERIFY(english(none.error()).find("Its tables are: items.") != std::string::npos);
        QVERIFY(!lookupKind().infer({{"database", "/nowhere/x"}, {"table", "t"}}, "/").ok());
        QVERIFY(!lookupKind().infer(Json::object(), "/").ok());
    }

    void theFileIsLookedAtBeforeTheRun() {
        Shop shop;
        const auto warned = [&](const Json& more) {
            const BoundForTest bound = shop.bind(more);
            return bound.node && bound.issues.size() == 1 ? bound.issues[0].param + ": " + bound.said()
                                                          : bound.said();
        };
        QCOMPARE(warned({}), std::string());
        QVERIFY(warned({{"table", "none"}}).starts_with("table: "));
        QVERIFY(warned({{"columns", {"k STRING", "prize DOUBLE"}}}).starts_with("columns: "));
        QCOMPARE(warned({{"database", "/nowhere/x.sqlite"}}), std::string());  // is said of every input
        QFile::remove(QString::fromStdString(shop.path()));
        QFile file(QString::fromStdString(shop.path()));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(5'000, 'x')) > 0);
        file.close();
        QVERIFY(warned({}).starts_with("database: "));
    }

    void theConditionNamesTheTable() {
        Shop shop;
        const auto said = [&](const char* on) { return shop.bind({{"on", on}}).said(); };
        QCOMPARE(said("left.k = right.k"), std::string());
        QVERIFY(said("left.k = right.id").find("No column “id” in “right”.") != std::string::npos);
        QVERIFY(said("left.v > right.price").find("is said to equal one of “right”") != std::string::npos);
        // No wire is at fault for a column that the table lacks: it may stay.
        const BoundForTest bound = shop.bind({{"on", "left.k = right.id"}});
        QVERIFY(bound.issues.front().column.empty() && bound.issues.front().port.empty());
        StreamType updating = keyedStream();
        updating.updating = true;
        updating.key = {0};
        QVERIFY(!bindNode(lookupKind(), shop.params(), {{updating}}).node);
    }

    void equalColumnsAreOffered() {
        Pipeline pipeline;
        pipeline.nodes = {
            node("in", "rows", Json::parse(R"json({"columns": ["k STRING"], "rows": [["a"]]})json")),
            node("n", "lookup_join",
                 {{"database", "x.sqlite"}, {"table", "items"}, {"columns", {"k STRING", "price DOUBLE"}}})};
        pipeline.wires = {wire("in", "n")};
        ValidateOptions options;
        options.files = false;
        const Validated checked = validate(pipeline, catalogue(), options);
        const auto missing = std::find_if(checked.issues.begin(), checked.issues.end(),
                                          [](const Issue& issue) { return issue.param == "on"; });
        QVERIFY(missing != checked.issues.end() && missing->quickFixes.size() == 1);
        QCOMPARE(missing->quickFixes[0].value, Json("left.k = right.k"));
    }

    // Against the rule itself: every row of the stream beside every row of the table that it equals.
    void randomRowsMeetAsTheRuleSays() {
        std::mt19937 random(7);
        const auto below = [&random](unsigned n) { return static_cast<int>(random() % n); };
        for (std::uint64_t tried = 0; tried < affordableCases(60, 15); ++tried) {
            struct Item {
                Value key;
                int price;
            };
            const auto key = [&](unsigned letters) {
                return below(6) == 0 ? Value() : Value(std::string(1, "abcde"[random() % letters]));
            };
            std::vector<Item> items;
            Shop shop;
            std::string sql;
            for (int i = below(12); i > 0; --i) {
                const Item& item = items.emplace_back(Item{key(4), below(9)});
                sql += (sql.empty() ? "" : ", ") +
                       (isNull(item.key) ? "(NULL" : "('" + std::get<std::string>(item.key) + "'") + ", " +
                       std::to_string(item.price) + ", '')";
            }
            if (!sql.empty()) shop.exec("INSERT INTO items VALUES " + sql);
            const bool rest = below(2) == 0, left = below(2) == 0;
            std::vector<std::pair<Value, Value>> rows;
            for (int i = below(40); i >= 0; --i)
                rows.emplace_back(key(5), below(8) == 0 ? Value() : Value(below(9)));
            Lines expected;
            for (const auto& [mine, value] : rows) {
                const std::string own = (isNull(mine) ? "∅" : std::get<std::string>(mine)) + "|" +
                                        (isNull(value) ? "∅" : std::to_string(std::get<std::int32_t>(value)));
                bool met = false;
                for (const Item& item : items) {
                    if (isNull(mine) || item.key != mine) continue;
                    if (rest && (isNull(value) || item.price <= std::get<std::int32_t>(value))) continue;
                    met = true;
                    expected.push_back(own + "|" + std::get<std::string>(item.key) + "|" +
                                       std::to_string(item.price));
                }
                if (left && !met) expected.push_back(own + "|∅|∅");
            }
            const BoundForTest bound =
                shop.bind({{"on", rest ? "left.k = right.k AND right.price > left.v" : "left.k = right.k"},
                           {"kind", left ? "left" : "inner"}});
            QVERIFY2(bound.node, bound.said().c_str());
            const auto op = shop.make(*bound.node, 1 + random() % 8);
            Taken taken;
            for (std::size_t from = 0; from < rows.size();) {
                const std::size_t size = std::min<std::size_t>(1 + random() % 12, rows.size() - from);
                const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(from);
                const Batch batch = batchOf({begin, begin + static_cast<std::ptrdiff_t>(size)});
                QVERIFY(Shop::feed(*op, batch, taken).ok());
                from += size;
            }
            QCOMPARE(taken.lines(), expected);
        }
    }
};

QTEST_APPLESS_MAIN(TestLookupJoin)
#include "test_lookup_join.moc"

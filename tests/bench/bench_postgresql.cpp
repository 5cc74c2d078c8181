// bench_postgresql [ROWS] : sql_source beside `COPY … TO STDOUT | wc -l`, and upserts of sql_sink beside a
// bare program that sends the same rows as arrays, at the PostgreSQL of $RILLWRIGHT_POSTGRESQL, by the time
// of the processors that the clients take. Without that variable it does nothing: `tests/run --bench-servers`
// starts a PostgreSQL.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/connect/postgresql/postgresql_handles.h"
#include "tests/bench/cpu_beside.h"
#include "tests/support/child.h"
#include "tests/support/run_of.h"

using namespace rw;

namespace {

constexpr std::uint64_t kRowsOfStatement = 4'096;

std::string hostOf(const std::string& address) {
    return address.substr(0, address.rfind(':'));
}

std::string portOf(const std::string& address) {
    return address.substr(address.rfind(':') + 1);
}

PostgresqlHandle connectedTo(const std::string& address) {
    PostgresqlHandle made(PQconnectdb(
        fmt::format("host={} port={} user=rill dbname=rill sslmode=disable", hostOf(address), portOf(address))
            .c_str()));
    if (PQstatus(made.get()) == CONNECTION_OK) return made;
    fmt::print(stderr, "{}", PQerrorMessage(made.get()));
    std::exit(1);
}

/// Ends the bench when the server says no.
void ask(PGconn* at, const std::string& statement, const std::vector<const char*>& params = {}) {
    const std::shared_ptr<PGresult> said(PQexecParams(at, statement.c_str(), static_cast<int>(params.size()),
                                                      nullptr, params.data(), nullptr, nullptr, 0),
                                         &PQclear);
    const ExecStatusType status = PQresultStatus(said.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
    fmt::print(stderr, "{}", PQerrorMessage(at));
    std::exit(1);
}

std::shared_ptr<const Connections> connectionsTo(const std::string& address) {
    Connection made{"db",
                    "postgresql",
                    {{"address", address}, {"database", "rill"}, {"user", "rill"}, {"tls", "off"}},
                    {}};
    return std::make_shared<const Connections>(std::vector<Connection>{std::move(made)}, environmentSecret);
}

int runOf(const Pipeline& pipeline, const std::string& address) {
    RunOptions options;
    options.connections = connectionsTo(address);
    const auto run = test::runToEnd(test::planOf(pipeline, 1), options);
    return run && run->status().ok() ? 0 : 1;
}

int reads(const std::string& address, const std::string& table) {
    const testing::ScratchFolder scratch("bench_postgresql");
    Pipeline pipeline;
    pipeline.nodes = {
        test::node("in", "sql_source",
                   {{"connection", "db"},
                    {"table", table},
                    {"columns", {"id BIGINT", "name STRING", "price DECIMAL(10,2)", "at TIMESTAMP(3)"}}}),
        test::node("none", "filter", {{"condition", "id < 0"}}),
        test::node("out", "csv_sink", {{"path", (scratch.path() / "out.csv").string()}})};
    pipeline.wires = {test::wire("in", "none"), test::wire("none", "out")};
    return runOf(pipeline, address);
}

int upserts(const std::string& address, const std::string& table, std::uint64_t rows) {
    Pipeline pipeline;
    pipeline.nodes = {
        test::node(
            "in", "generator",
            {{"columns", {"id BIGINT = i", "name STRING = 'sensor-1'", "v DOUBLE = 1.5E0"}},
             {"rows", rows},
             {"rate", 0}}),
        test::node("out", "sql_sink",
                   {{"connection", "db"}, {"table", table}, {"mode", "upsert"}, {"key", {"id"}}})};
    pipeline.wires = {test::wire("in", "out")};
    return runOf(pipeline, address);
}

int bareUpserts(const std::string& address, const std::string& table, std::uint64_t rows) {
    const PostgresqlHandle at = connectedTo(address);
    const std::string statement = fmt::format(
        "INSERT INTO {} SELECT * FROM unnest($1::bigint[], $2::text[], $3::float8[]) ON CONFLICT (id) DO "
        "UPDATE SET "
        "name = excluded.name, v = excluded.v",
        table);
    ask(at.get(), "BEGIN");
    for (std::uint64_t from = 0; from < rows; from += kRowsOfStatement) {
        std::string ids = "{", names = "{", values = "{";
        for (std::uint64_t n = from; n < std::min(rows, from + kRowsOfStatement); ++n) {
            const char* const comma = n > from ? "," : "";
            ids += comma + std::to_string(n);
            names += std::string(comma) + "sensor-1";
            values += std::string(comma) + "1.5";
        }
        ids += '}';
        names += '}';
        values += '}';
        ask(at.get(), statement, {ids.c_str(), names.c_str(), values.c_str()});
    }
    ask(at.get(), "COMMIT");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const char* const given = std::getenv("RILLWRIGHT_POSTGRESQL");
    if (given == nullptr) {
        fmt::print("no PostgreSQL in $RILLWRIGHT_POSTGRESQL: tests/run --bench-servers\n");
        return 0;
    }
    const std::string address = given;
    if (argc == 4) {
        const std::uint64_t rows = std::strtoull(argv[3], nullptr, 10);
        if (std::strcmp(argv[1], "--reads") == 0) return reads(address, argv[2]);
        return std::strcmp(argv[1], "--bare") == 0 ? bareUpserts(address, argv[2], rows)
                                                   : upserts(address, argv[2], rows);
    }
    const std::uint64_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const testing::ScratchFolder scratch("bench_postgresql");
    const std::string self = bench::thisProgram(), all = std::to_string(rows);
    const std::string table = fmt::format("bench_{}", ::getpid()), keyed = table + "_keyed";
    const PostgresqlHandle at = connectedTo(address);
    ask(at.get(),
        fmt::format("CREATE TABLE {} (id bigint PRIMARY KEY, name varchar(50), price numeric(10,2), at "
                    "timestamp(3))",
                    table));
    ask(at.get(), fmt::format("INSERT INTO {} SELECT g, 'sensor-' || g % 997, g % 100000 * 0.01, timestamp "
                              "'2026-01-01' + g * interval '1 second' FROM generate_series(0, {}) AS g",
                              table, rows - 1));
    ask(at.get(), "ANALYZE " + table);
    const std::string copies =
        fmt::format("psql -X -q -h {} -p {} -U rill -d rill -c 'COPY {} TO STDOUT' | wc -l", hostOf(address),
                    portOf(address), table);
    bench::printBeside(fmt::format("{} rows of a table", rows),
                       {"COPY … TO STDOUT | wc -l", {"/bin/sh", "-c", copies}},
                       {"sql_source", {self, "--reads", table, all}}, rows, scratch.path());
    // All keys are there from the first turn on.
    ask(at.get(), fmt::format("CREATE TABLE {} (id bigint PRIMARY KEY, name text, v float8)", keyed));
    bareUpserts(address, keyed, rows);
    bench::printBeside(fmt::format("{} upserts", rows),
                       {"unnest, in one transaction", {self, "--bare", keyed, all}},
                       {"sql_sink", {self, "--upserts", keyed, all}}, rows, scratch.path());
    ask(at.get(), fmt::format("DROP TABLE {}, {}", table, keyed));
    return 0;
}

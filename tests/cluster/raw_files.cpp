#include "tests/cluster/raw_files.h"

#include <fmt/format.h>

namespace rw::cluster {

namespace {

/// Every type, each with cells that are none of it.
RawCase badCells() {
    return {"bad cells",
            {{"cells.csv",
              "id,flag,small,large,part,money,day,at,word\n"
              "1,true,7,9007199254740993,1.5,12.50,2024-02-29,2024-03-01 12:00:00.250,plain\n"
              "2,FALSE,-7,-1,-0.25,-0.01,1999-12-31,2024-03-01T12:00:01Z,\"with, a comma\"\n"
              "3,,,,,,,,\n"
              "4,yes,1,1,1,1,2024-01-01,2024-03-01 12:00:02,bad flag\n"
              "5,true,1.5,1,1,1,2024-01-01,2024-03-01 12:00:03,bad small\n"
              "6,true,2147483648,1,1,1,2024-01-01,2024-03-01 12:00:04,small too large\n"
              "7,true,1,ten,1,1,2024-01-01,2024-03-01 12:00:05,bad large\n"
              "8,true,1,1,half,1,2024-01-01,2024-03-01 12:00:06,bad part\n"
              "9,true,1,1,1,12345678901.00,2024-01-01,2024-03-01 12:00:07,money too large\n"
              "10,true,1,1,1,1,2024-02-30,2024-03-01 12:00:08,bad day\n"
              "11,true,1,1,1,1,2024-01-01,noon,bad time\n"
              "12,true,1,1,1,1.005,2024-01-01,2024-03-01 12:00:09,\"a \"\"quote\"\"\"\n"}},
            R"rill({ "rill": 1, "name": "Bad cells", "settings": { "time_zone": "UTC" }, "nodes": [
    { "id": "cells", "type": "csv_source", "params": { "path": "cells.csv",
        "columns": ["id INT", "flag BOOLEAN", "small INT", "large BIGINT", "part DOUBLE", "money DECIMAL(10,2)",
                    "day DATE", "at TIMESTAMP(3)", "word STRING"] } },
    { "id": "nulls", "type": "csv_source", "params": { "path": "cells.csv", "on_error": "null",
        "columns": ["id INT", "flag BOOLEAN", "small INT", "large BIGINT", "part DOUBLE", "money DECIMAL(10,2)",
                    "day DATE", "at TIMESTAMP(3)", "word STRING"] } },
    { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } },
    { "id": "lines", "type": "ndjson_sink", "params": { "path": "out.ndjson" } },
    { "id": "all", "type": "csv_sink", "params": { "path": "all.csv" } },
    { "id": "rejected", "type": "csv_sink", "params": { "path": "rejected.csv" } } ],
  "wires": [ { "from": "cells", "to": "out" }, { "from": "cells", "to": "lines" }, { "from": "nulls", "to": "all" },
             { "from": "cells.rejected", "to": "rejected" } ] }
)rill"};
}

/// No line of names, another delimiter and quote, and times that are missing.
RawCase bareCells() {
    std::string rows;
    for (int i = 0; i < 500; ++i) {
        const std::string time =
            i % 50 == 7 ? "soon" : fmt::format("2024-03-01 00:{:02}:{:02}", i / 60, i % 60);
        rows += fmt::format("'k;{}';{};{}\n", i % 3, i, i % 40 == 3 ? "" : time);
    }
    return {"no names",
            {{"bare.csv", rows}},
            R"rill({ "rill": 1, "name": "No names", "settings": { "time_zone": "UTC" }, "nodes": [
    { "id": "bare", "type": "csv_source", "params": { "path": "bare.csv", "header": false, "delimiter": ";",
        "quote": "'", "columns": ["key STRING", "n BIGINT", "ts TIMESTAMP(3)"], "event_time": "ts",
        "watermark_delay": "2s" } },
    { "id": "sums", "type": "window_aggregate", "params": { "window": "tumble", "size": "30s", "keys": ["key"],
        "aggregates": ["COUNT(*) AS many", "SUM(n) AS total", "AVG(n) AS mean"] } },
    { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } },
    { "id": "rejected", "type": "csv_sink", "params": { "path": "rejected.csv" } } ],
  "wires": [ { "from": "bare", "to": "sums" }, { "from": "sums", "to": "out" },
             { "from": "bare.rejected", "to": "rejected" } ] }
)rill"};
}

/// Late for a tumbling window, and for some of the windows of a hopping one.
RawCase lateRows() {
    std::string rows = "ts,key,n\n";
    for (int i = 0; i < 2'000; ++i) {
        const int behind = i % 37 == 5 ? (i * 7) % 25 : i % 3;
        const int second = i / 4 + 30 - behind;
        rows += fmt::format("2024-03-01 {:02}:{:02}:{:02}.{:03},{},{}\n", second / 3'600, second / 60 % 60,
                            second % 60, i % 1'000, i % 4, i);
    }
    return {"late rows",
            {{"late.csv", rows}},
            R"rill({ "rill": 1, "name": "Late rows", "settings": { "time_zone": "UTC" }, "nodes": [
    { "id": "rows", "type": "csv_source", "params": { "path": "late.csv",
        "columns": ["ts TIMESTAMP(3)", "key INT", "n BIGINT"], "event_time": "ts", "watermark_delay": "3s" } },
    { "id": "tumbling", "type": "window_aggregate", "params": { "window": "tumble", "size": "10s", "keys": ["key"],
        "aggregates": ["COUNT(*) AS many", "SUM(n) AS total"] } },
    { "id": "hopping", "type": "window_aggregate", "params": { "window": "hop", "size": "20s", "slide": "5s",
        "aggregates": ["COUNT(*) AS many", "MAX(n) AS newest"] } },
    { "id": "tumbled", "type": "csv_sink", "params": { "path": "tumbled.csv" } },
    { "id": "late", "type": "csv_sink", "params": { "path": "late_rows.csv" } },
    { "id": "hopped", "type": "csv_sink", "params": { "path": "hopped.csv" } } ],
  "wires": [ { "from": "rows", "to": "tumbling" }, { "from": "rows", "to": "hopping" },
             { "from": "tumbling", "to": "tumbled" }, { "from": "tumbling.late", "to": "late" },
             { "from": "hopping", "to": "hopped" } ] }
)rill"};
}

/// Lines that are no objects, fields that are missing or of another type, paths.
RawCase jsonLines() {
    return {"JSON lines",
            {{"orders.ndjson",
              "{\"id\":1,\"total\":12.50,\"paid\":true,\"ts\":\"2024-03-01 12:00:00\","
              "\"customer\":{\"city\":\"Bonn\"},\"items\":[{\"name\":\"tea\"}]}\n"
              "{\"id\":2,\"total\":\"3.1\",\"ts\":\"2024-03-01T12:00:01Z\",\"items\":[]}\n"
              "\n"
              "{\"id\":3,\"total\":null,\"paid\":false,\"ts\":\"2024-03-01 12:00:02.125\","
              "\"customer\":{\"city\":null}}\n"
              "not json\n"
              "[1, 2]\n"
              "{\"id\":\"four\",\"ts\":\"2024-03-01 12:00:03\"}\n"
              "{\"id\":5,\"ts\":\"noon\"}\n"
              "{\"id\":6}\n"
              "{\"id\":9007199254740993,\"total\":0.01,\"paid\":true,\"ts\":\"2024-03-01 12:00:04\","
              "\"customer\":{\"city\":\"Sankt \\\"P\\\"\\u00f6lten\"},\"items\":[{\"name\":\"a, b\"},{}]}\n"
              "   \n"
              "{\"id\":7,\"ts\":\"2024-03-01 12:00:00\",\"id\":8}\n"}},
            R"rill({ "rill": 1, "name": "JSON lines", "settings": { "time_zone": "UTC" }, "nodes": [
    { "id": "orders", "type": "ndjson_source", "params": { "path": "orders.ndjson",
        "columns": ["id BIGINT", "total DECIMAL(10,2)", "paid BOOLEAN", "ts TIMESTAMP(3)",
                    "city STRING FROM '$.customer.city'", "first STRING FROM '$.items[0].name'"],
        "event_time": "ts", "watermark_delay": "1s" } },
    { "id": "out", "type": "csv_sink", "params": { "path": "out.csv" } },
    { "id": "lines", "type": "ndjson_sink", "params": { "path": "out.ndjson" } },
    { "id": "rejected", "type": "csv_sink", "params": { "path": "rejected.csv" } } ],
  "wires": [ { "from": "orders", "to": "out" }, { "from": "orders", "to": "lines" },
             { "from": "orders.rejected", "to": "rejected" } ] }
)rill"};
}

}  // namespace

RawCase plainCells() {
    const std::string head = "id,flag,small,large,part,money,day,at,word\n";
    std::string rows =
        "1,true,7,9007199254740993,1.5,12.50,2024-02-29,2024-03-01 12:00:00.250,plain\n"
        "-2,false,-2147483648,-9223372036854775808,-0.25,-0.01,1583-01-01,2024-03-01 12:00:01,\"with, a "
        "comma\"\n"
        "3,,,,,,,2024-03-01 12:00:02.5,\n"
        "4,\"true\",0,\"0\",1e20,99999999.99,9999-12-31,\"2024-03-01 12:00:03.99\",\"a \"\"quote\"\"\"\n"
        "5,true,2147483647,9223372036854775807,1.7976931348623157E308,0,2000-01-01,2024-03-01 12:00:04, "
        "blanks \n";
    for (int i = 6; i < 500; ++i)
        rows += fmt::format("{0},true,{0},{1},{0}.5,{0}.25,2024-03-01,2024-03-01 12:{2:02}:{3:02},w{4}\n", i,
                            i * 7, i / 60, i % 60, i % 5);
    // Conditions that a row of names, taken for cells, would end the job in.
    return {"plain cells",
            {{"cells.csv", head + rows}, {"bare.csv", rows}},
            R"rill({ "rill": 1, "name": "Plain cells", "settings": { "time_zone": "UTC" }, "nodes": [
    { "id": "cells", "type": "csv_source", "params": { "path": "cells.csv",
        "columns": ["id INT", "flag BOOLEAN", "small INT", "large BIGINT", "part DOUBLE", "money DECIMAL(10,2)",
                    "day DATE", "at TIMESTAMP(3)", "word STRING"], "event_time": "at", "watermark_delay": "1s" } },
    { "id": "bare", "type": "csv_source", "params": { "path": "bare.csv", "header": false,
        "columns": ["id INT", "flag BOOLEAN", "small INT", "large BIGINT", "part DOUBLE", "money DECIMAL(10,2)",
                    "day DATE", "at TIMESTAMP(3)", "word STRING"], "event_time": "at", "watermark_delay": "1s" } },
    { "id": "cells_plain", "type": "csv_source", "params": { "path": "cells.csv",
        "columns": ["id INT", "flag BOOLEAN", "small INT", "large BIGINT", "part DOUBLE", "money DECIMAL(10,2)",
                    "day DATE", "at TIMESTAMP(3)", "word STRING"] } },
    { "id": "bare_plain", "type": "csv_source", "params": { "path": "bare.csv", "header": false,
        "columns": ["id INT", "flag BOOLEAN", "small INT", "large BIGINT", "part DOUBLE", "money DECIMAL(10,2)",
                    "day DATE", "at TIMESTAMP(3)", "word STRING"] } },
    { "id": "cells_timed", "type": "event_time", "params": { "column": "at", "watermark_delay": "1s" } },
    { "id": "bare_timed", "type": "event_time", "params": { "column": "at", "watermark_delay": "1s" } },
    { "id": "cells_sums", "type": "window_aggregate", "params": { "window": "tumble", "size": "1min", "keys": ["word"],
        "aggregates": ["COUNT(*) AS many", "SUM(large) AS total", "MAX(at) AS newest"] } },
    { "id": "cells_summed", "type": "csv_sink", "params": { "path": "cells_summed.csv" } },
    { "id": "bare_untimed", "type": "csv_sink", "params": { "path": "bare_untimed.csv" } },
    { "id": "bare_moved", "type": "csv_sink", "params": { "path": "bare_moved.csv" } },
    { "id": "some", "type": "filter", "params": { "condition": "CAST(small AS STRING) <> '7' AND large > 50 AND money / 2 > 3" } },
    { "id": "sums", "type": "window_aggregate", "params": { "window": "tumble", "size": "1min", "keys": ["word"],
        "aggregates": ["COUNT(*) AS many", "SUM(large) AS total", "MAX(part) AS most", "MIN(day) AS first"] } },
    { "id": "all", "type": "csv_sink", "params": { "path": "all.csv" } },
    { "id": "few", "type": "csv_sink", "params": { "path": "few.csv" } },
    { "id": "bare_all", "type": "csv_sink", "params": { "path": "bare_all.csv" } },
    { "id": "bare_sums", "type": "csv_sink", "params": { "path": "bare_sums.csv" } } ],
  "wires": [ { "from": "cells_plain", "to": "cells_timed" }, { "from": "cells_timed", "to": "cells_sums" },
             { "from": "cells_sums", "to": "cells_summed" }, { "from": "bare_plain", "to": "bare_timed" },
             { "from": "bare_timed", "to": "bare_moved" }, { "from": "bare_plain", "to": "bare_untimed" },
             { "from": "cells", "to": "all" }, { "from": "cells", "to": "some" }, { "from": "some", "to": "few" },
             { "from": "bare", "to": "bare_all" }, { "from": "bare", "to": "sums" }, { "from": "sums", "to": "bare_sums" } ] }
)rill"};
}

RawCase lateByTheirOwnFile() {
    const std::string rows =
        "n,ts\n"
        "1,2024-03-01 00:00:10\n"
        "2,2024-03-01 01:00:00\n"
        "3,2024-03-01 00:00:20\n";
    return {"late by their own file",
            {{"ones.csv", rows}, {"twos.csv", rows}},
            R"rill({ "rill": 1, "name": "Two files", "settings": { "time_zone": "UTC" }, "nodes": [
    { "id": "ones", "type": "csv_source", "params": { "path": "ones.csv",
        "columns": ["n BIGINT", "ts TIMESTAMP(3)"], "event_time": "ts" } },
    { "id": "twos", "type": "csv_source", "params": { "path": "twos.csv",
        "columns": ["n BIGINT", "ts TIMESTAMP(3)"], "event_time": "ts" } },
    { "id": "both", "type": "union" },
    { "id": "per_minute", "type": "window_aggregate", "params": { "window": "tumble", "size": "1min",
        "aggregates": ["COUNT(*) AS many"] } },
    { "id": "counts", "type": "table_view" },
    { "id": "all", "type": "table_view" } ],
  "wires": [ { "from": "ones", "to": "both" }, { "from": "twos", "to": "both" },
             { "from": "both", "to": "per_minute" }, { "from": "per_minute", "to": "counts" },
             { "from": "ones", "to": "all" } ] }
)rill"};
}

std::vector<RawCase> rawCases() {
    return {badCells(), bareCells(), lateRows(), jsonLines()};
}

}  // namespace rw::cluster

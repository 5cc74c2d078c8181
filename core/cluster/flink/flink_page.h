// A page of a statement's result, as Flink's SQL gateway answers it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster/change_row.h"
#include "core/data/type.h"
#include "core/net/http_client.h"
#include "core/pipeline/pipeline.h"

namespace rw {

struct FlinkColumn {
    std::string name{};
    std::string flinkType{};  ///< the root of Flink's type: “BIGINT”, “TIMESTAMP_WITHOUT_TIME_ZONE”
    std::optional<Type> type{};  ///< ours; nothing: it has none, as ARRAY
};

struct FlinkPage {
    enum class State {
        NotReady,  ///< ask for it again
        Rows,      ///< with rows, or none for the moment
        End        ///< with the last rows; nothing follows
    };
    State state = State::NotReady;
    std::vector<FlinkColumn> columns{};
    std::vector<ChangeRow> rows{};
    std::string job{};      ///< id of the job that makes the rows, as soon as it is known
    std::int64_t next = 0;  ///< Rows: the number of the page that follows
};

/// Reads an answer to …/result/N?rowFormat=PLAIN_TEXT. `server` is for the words of an error.
Result<FlinkPage> readFlinkPage(const HttpServer& server, const Json& answer);

}  // namespace rw

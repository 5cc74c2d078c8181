// The columns of a reading as the server has them.
#pragma once
#include <string>
#include <vector>

#include "core/connect/tables/rows_session.h"
#include "core/connect/tables/sql_reading.h"

namespace rw {

struct SelectedColumns {
    DatabaseTable table{};  ///< of a query its columns alone
    std::string quoted{};   ///< its name in a statement; of a query empty
    std::string from{};     ///< as behind FROM, called kRowsAlias
    std::string items{};    ///< as behind SELECT: the values of the schema's columns
    SqlCellForms forms{};   ///< of these
};

/// Of a session that is connected. An error where the table lacks columns.
Result<SelectedColumns> selectColumns(RowsSession& session, const SqlReading& reading);

/// Those of the names. An error where one is missing.
Result<std::vector<DatabaseColumn>> namedColumns(const SelectedColumns& selected, const SqlReading& reading,
                                                 const std::vector<std::string>& names);

}  // namespace rw

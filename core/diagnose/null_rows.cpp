#include "core/diagnose/null_rows.h"

#include "core/base/figures.h"

namespace rw {

Text nullRowsText(std::uint64_t rows) {
    return figures::counted(
        rows,
        RW_TEXT("diagnose",
                "1 row was dropped because the condition was NULL for it. To keep such rows, write "
                "“(condition) IS NOT FALSE”."),
        RW_TEXT("diagnose",
                "%1 rows were dropped because the condition was NULL for them. To keep such rows, write "
                "“(condition) IS NOT FALSE”."));
}

}  // namespace rw

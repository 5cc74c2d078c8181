// flatten: a row for each element of a JSON array.
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/json_place.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"
#include "core/nodes/column_defs.h"

namespace rw {

void sparkFlatten(NodeForm& form) {
    const std::optional<JsonColumns> columns = bindJsonColumns(form.params());
    if (!columns || sparkRefusePlaces(form, columns->paths)) return;
    form.when(RW_TEXT("deploy", "no number of an array is read as a text"), Verdict::Equivalent);
    const std::string onError = form.params().text("on_error");
    if (onError == "reject") form.when(RW_TEXT("deploy", "no row fails"));
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < columns->schema.size(); ++i) {
        const Field& field = columns->schema.fields[i];
        entries.push_back(pyText(field.name) + ": (" + pyText(form.dialect().words().type(field.type)) +
                          ", " + pyText(sparkJsonPlace(columns->paths[i])) + ", " +
                          pyFlag(!columns->named[i]) + ")");
    }
    sparkView(form,
              pyCall("flattened", {sparkRows(form), pyText(form.params().text("column")), pyDict(entries),
                                   "keep_empty=" + pyFlag(form.params().flag("keep_empty")),
                                   "or_null=" + pyFlag(onError == "null")}));
    sparkNoRejected(form);
}

}  // namespace rw

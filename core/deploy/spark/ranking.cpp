// deduplicate and top_n.
#include <fmt/format.h>

#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/python.h"
#include "core/deploy/spark/words.h"
#include "core/nodes/sort_items.h"

namespace rw {

namespace {

bool carriesWindows(const StreamType& input) {
    return input.windowed && input.schema->find("window_start") && input.schema->find("window_end");
}

void rankRows(NodeForm& form) {
    const Schema& schema = *form.input().schema;
    std::vector<std::string> by;
    for (const SortColumn& sorted : bindSortItems(form.params(), "by", schema)) {
        const std::string& name = schema.fields[static_cast<std::size_t>(sorted.column)].name;
        by.push_back("(" + pyText(name) + ", " + pyFlag(sorted.descending) + ")");
    }
    sparkView(form,
              pyCall("top_n", {sparkRows(form), pyList(by), fmt::format("{}", form.params().integer("limit")),
                               pyTexts(sparkKeyNames(form, "partition_by")),
                               pyText(form.output().schema->fields.back().name)}));
}

}  // namespace

void sparkDeduplicate(NodeForm& form) {
    if (sparkRefused({sparkRefuseChanging(form), sparkRefuseLatePort(form, "late")})) return;
    const StreamType& input = form.input();
    if (form.params().text("keep") == "first") {
        form.find(Verdict::Approximated,
                  RW_TEXT("deploy",
                          "Spark keeps the row of a key that comes first, not the one of the least time."))
            .condition = RW_TEXT("deploy", "no row is late");
        sparkView(form,
                  pyCall(pyCall(sparkRows(form) + ".dropDuplicates", {pyTexts(form.params().list("keys"))}) +
                             ".selectExpr",
                         sparkPlainItems(form, input, true)));
        return;
    }
    if (input.made) {
        sparkRefuse(
            form,
            RW_TEXT("deploy", "Spark can't keep the last row of what windows, joins and the like give."),
            RW_TEXT("deploy", "Use a top N of 1 in each window, or keep the first row."), "keep");
        return;
    }
    sparkSayChanging(form);
    form.when(RW_TEXT("deploy", "no two rows of a key have one time"), Verdict::Equivalent);
    sparkView(form, pyCall("latest", {sparkRows(form), pyTexts(sparkKeyNames(form, "keys")),
                                      pyText(sparkTimeColumn(input))}));
}

void sparkTopN(NodeForm& form) {
    const StreamType& input = form.input();
    if (sparkRefuseLatePort(form, "late")) return;
    if (carriesWindows(input)) {
        if (sparkRefuseChanging(form)) return;
        sparkSayTimed(form, true);
    } else if (input.updating) {
        sparkSayChanging(form);
    } else {
        sparkRefuse(form, RW_TEXT("deploy", "Spark ranks rows in windows, and those of a group aggregate."),
                    RW_TEXT("deploy", "Put a window aggregate before it."));
        return;
    }
    rankRows(form);
}

}  // namespace rw

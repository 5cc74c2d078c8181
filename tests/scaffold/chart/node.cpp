// @type@: the newest value of a column.
#include "core/nodes/chart_node.h"
#include "core/views/@type@_view.h"

namespace rw {

namespace {

BoundNodeRef bind@Name@(BindContext& context) {
    auto bound = std::make_shared<BoundChart<@Name@Info>>();
    const std::string name = context.text("value");
    bound->info.value = numberColumn(context, "value", name, bound->used);
    bound->info.unit = context.text("unit");
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = RW_TEXT("@type@", "newest %1").with(name);
    return context.failed() ? nullptr : bound;
}

}  // namespace

NodeKind @type@Kind() {
    NodeKind kind;
    kind.type = "@type@";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("@type@", "@Title@");
    kind.palette = {{kind.name, RW_TEXT("@type@", "The newest value"), "@type@"}};
    kind.inputs = chartInput();
    ParamSpec value = makeParam("value", ParamKind::ColumnName, RW_TEXT("@type@", "Value"),
                                RW_TEXT("@type@", "The column whose number is shown."));
    value.required = true;
    kind.params = {std::move(value), unitParam()};
    kind.bind = bind@Name@;
    kind.make = makeChart<@Name@View, @Name@Info>;
    kind.chart = true;
    return kind;
}

}  // namespace rw

#include "core/nodes/source_params.h"

#include "core/pipeline/bind_checks.h"

namespace rw {

ParamSpec onErrorParam() {
    ParamSpec made = makeParam("on_error", ParamKind::Choice, RW_TEXT("source", "Rows that fail"),
                               RW_TEXT("source",
                                       "What happens to a row that can't be read, or for which something "
                                       "can't be computed. With `null`, only what failed becomes NULL."),
                               "reject");
    made.choices = {{"reject", RW_TEXT("source", "Send to port “rejected”")},
                    {"fail", RW_TEXT("source", "Stop the run")},
                    {"null", RW_TEXT("source", "Put NULL in place")}};
    made.advanced = true;
    return made;
}

std::vector<ParamSpec> timingParams(Json defaultEventTime) {
    std::vector<ParamSpec> params;
    params.push_back(makeParam("event_time", ParamKind::ColumnName, RW_TEXT("source", "Event time"),
                               RW_TEXT("source",
                                       "The TIMESTAMP column that says when a row happened. Windows and "
                                       "watermarks use it. “None”: the rows have no event time."),
                               std::move(defaultEventTime)));
    params.back().columnTypes = "timestamp";
    params.back().section = RW_TEXT("source", "Event time");
    params.push_back(makeParam("watermark_delay", ParamKind::Duration, RW_TEXT("source", "Watermark delay"),
                               RW_TEXT("source",
                                       "How far a row may be behind the newest one without being late. "
                                       "Windows close later by this time."),
                               "0s"));
    params.back().min = 0;
    params.push_back(
        makeParam("idle_timeout", ParamKind::Duration, RW_TEXT("source", "Idle after"),
                  RW_TEXT("source",
                          "The time without a row, not counting pauses, after which others no longer wait "
                          "for the source of these rows. Empty: they always wait.")));
    params.back().min = 1;
    params.back().advanced = true;
    params.push_back(
        makeParam("arrival_time", ParamKind::String, RW_TEXT("source", "Arrival column"),
                  RW_TEXT("source",
                          "The name of an added TIMESTAMP column with the time at which the source read or "
                          "generated the row. It can be the event time of data that has none.")));
    params.back().advanced = true;
    return params;
}

Text newestLess(const std::string& column, Millis delay) {
    if (delay == 0) return RW_TEXT("source", "the newest “%1”").with(column);
    return RW_TEXT("source", "the newest “%1” − %2").with(column, formatDuration(delay));
}

void bindTiming(BindContext& context, Schema schema, BoundSource& bound) {
    SourceTiming& timing = bound.timing;
    bound.watermarkDelay = context.duration("watermark_delay");
    if (context.has("idle_timeout")) timing.idleTimeout = context.duration("idle_timeout");
    if (const std::string arrival = context.text("arrival_time"); !arrival.empty()) {
        if (schema.find(arrival)) {
            context.error("arrival_time", RW_TEXT("source", "There is already a column “%1”.").with(arrival),
                          RW_TEXT("source", "Choose another name."));
        } else {
            timing.arrival = static_cast<int>(schema.size());
            schema.fields.push_back({arrival, Type::of(TypeId::Timestamp)});
        }
    }
    if (const std::string name = context.text("event_time"); !name.empty()) {
        timing.eventTime = requireColumn(context, "event_time", schema, name);
        if (timing.eventTime >= 0) {
            const Type type = schema.fields[static_cast<std::size_t>(timing.eventTime)].type;
            if (!type.is(TypeId::Timestamp)) {
                context.error(
                    "event_time",
                    RW_TEXT("source", "“%1” is %2; event time is a TIMESTAMP.").with(name, toString(type)),
                    RW_TEXT("source", "Choose a TIMESTAMP column, or declare this one as TIMESTAMP(3)."));
                timing.eventTime = -1;
            }
            bound.watermark = newestLess(name, bound.watermarkDelay);
        }
    }
    StreamType stream;
    stream.sourceOrder = true;
    stream.schema = std::make_shared<const Schema>(std::move(schema));
    stream.eventTime = timing.eventTime;
    bound.outputs.assign(1, std::move(stream));
}

void setTiming(Source& source, const BoundSource& bound) {
    source.eventTime = bound.timing.eventTime;
    source.watermarkDelay = bound.watermarkDelay;
    source.idleTimeout = bound.timing.idleTimeout;
}

}  // namespace rw

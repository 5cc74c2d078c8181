// nexmark: the bids, the persons or the auctions of an auction house that is made up, as the NEXMark
// benchmark has them; streams of one seed fit together.
#include "core/nodes/sources/nexmark_events.h"
#include "core/nodes/sources/numbered_source.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundNexmark final : public BoundNumbered {
 public:
    NexmarkStream stream = NexmarkStream::Bid;

    double eventsPerSecond() const { return rate > 0 ? rate : AuctionHouse::kEventsPerSecond; }
};

class NexmarkSource final : public NumberedSource {
 public:
    NexmarkSource(const BoundNexmark& bound, const MakeContext& context)
        : NumberedSource(bound, context, bound.rate * AuctionHouse::shareOf(bound.stream)), m_bound(bound) {}

 private:
    void makeRows(const NumberedRows& piece, std::uint64_t at, std::uint64_t count,
                  ParsedChunk& out) const override {
        // As fast as possible, rows are the same in every run; at a rate they happen now.
        const Instant start = m_bound.rate > 0 ? runStart() : AuctionHouse::kFirstTime;
        const AuctionHouse house(m_bound.seed, start, m_bound.eventsPerSecond());
        out.batches.push_back(batchOf(piece, at, count, [&](std::size_t index) {
            return wanted(index) ? column(index, house, piece.first + at, count) : nullptr;
        }));
    }

    ColumnRef column(std::size_t index, const AuctionHouse& house, std::uint64_t first,
                     std::uint64_t count) const {
        const NexmarkColumn& column = nexmarkColumns(m_bound.stream)[index];
        const bool disordered = isDisordered(index);
        ColumnBuilder values(Type::of(column.type));
        values.reserve(count);
        std::string text;
        for (std::uint64_t row = first; row < first + count; ++row) {
            const std::uint64_t event = AuctionHouse::eventOf(m_bound.stream, row);
            if (column.text) {
                text.clear();
                column.text(house, event, text);
                values.appendString(text);
            } else {
                const std::int64_t number = column.number(house, event);
                values.append(disordered ? saturatingAdd(number, -lag(event)) : number);
            }
        }
        return values.finish();
    }

    const BoundNexmark& m_bound;
};

NexmarkStream streamNamed(const std::string& name) {
    if (name == "person") return NexmarkStream::Person;
    return name == "auction" ? NexmarkStream::Auction : NexmarkStream::Bid;
}

BoundNodeRef bindNexmark(BindContext& context) {
    auto bound = std::make_shared<BoundNexmark>();
    bound->stream = streamNamed(context.text("stream"));
    Schema schema;
    for (const NexmarkColumn& column : nexmarkColumns(bound->stream))
        schema.fields.push_back({column.name, Type::of(column.type)});
    bindNumbered(context, std::move(schema), RW_TEXT("nexmark", "1 event/s"),
                 RW_TEXT("nexmark", "%1 events/s"), *bound);
    return context.failed() ? nullptr : bound;
}

Result<Made> makeNexmark(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<NexmarkSource>(static_cast<const BoundNexmark&>(bound), context));
}

std::vector<ParamSpec> nexmarkParams() {
    ParamSpec stream = makeParam(
        "stream", ParamKind::Choice, RW_TEXT("nexmark", "Stream"),
        RW_TEXT("nexmark", "Which events of the auction house become rows. The columns follow from it."));
    stream.required = true;
    stream.choices = {{"bid", RW_TEXT("nexmark", "Bids")},
                      {"person", RW_TEXT("nexmark", "Persons")},
                      {"auction", RW_TEXT("nexmark", "Auctions")}};
    std::vector<ParamSpec> params{std::move(stream)};
    for (ParamSpec& shared : numberedParams(
             RW_TEXT(
                 "nexmark",
                 "Events per second of the whole auction house, of which this stream is a part: of 50 "
                 "events, one is a person, three are auctions and 46 are bids. `0`: as fast as possible."),
             RW_TEXT("nexmark", "events/s")))
        params.push_back(std::move(shared));
    for (ParamSpec& shared : timingParams("ts")) params.push_back(std::move(shared));
    return params;
}

PaletteEntry streamEntry(Text name, Text hint, const char* icon, const char* stream) {
    return {std::move(name), std::move(hint), icon, Json{{"stream", stream}}};
}

}  // namespace

NodeKind nexmarkKind() {
    NodeKind kind;
    kind.type = "nexmark";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("nexmark", "Auction house");
    kind.palette = {
        streamEntry(RW_TEXT("nexmark", "Bids"), RW_TEXT("nexmark", "Of NEXMark's auction house"), "nexmark",
                    "bid"),
        streamEntry(RW_TEXT("nexmark", "Persons"), RW_TEXT("nexmark", "Who bid and sell there"), "person",
                    "person"),
        streamEntry(RW_TEXT("nexmark", "Auctions"), RW_TEXT("nexmark", "What is sold there, and until when"),
                    "auction", "auction")};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    kind.params = nexmarkParams();
    kind.bind = bindNexmark;
    kind.make = makeNexmark;
    return kind;
}

}  // namespace rw

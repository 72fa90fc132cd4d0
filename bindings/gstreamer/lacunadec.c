/* lacunadec.c - the element that decodes streams to raw pictures.
 *
 * Input is a file of one or more streams in pieces of any size, or, with
 * parsed=true in the caps, one stream a buffer. The library writes straight
 * into the memory that the next element's pool gives. */

#include "lacunadec.h"

#include <string.h>

#include "formats.h"
#include "lacuna/stream.h"
#include "picture_decoder.h"
#include "rewind.h"
#include "splitter.h"

GST_DEBUG_CATEGORY_STATIC(lacuna_dec_debug);
#define GST_CAT_DEFAULT lacuna_dec_debug

#define LARGEST_PIXELS (G_GUINT64_CONSTANT(1) << 28) /* where max-pixels is 0, as in the library */
#define LONGEST_STREAM (G_GUINT64_CONSTANT(1) << 30) /* where max-stream-bytes is 0, likewise */

struct _LacunaDec {
    GstVideoDecoder parent;

    LacunaLimits limits; /* the properties, under the object lock */
    LacunaPictureDecoder decoder;

    /* Of the streaming thread. */
    GstVideoCodecState* input;
    LacunaSplitter splitter;
    GstVideoFormat format;         /* of the output */
    gint width, height, channels;  /* of the last picture */
    guint64 strange_bytes;         /* between streams, or before the first */
    gchar* fault;                  /* of the last picture that failed */
    gboolean delivered;            /* a picture, since the start or the last flush */
};

enum { PROPERTY_THREADS = 1, PROPERTY_MAX_PIXELS, PROPERTY_MAX_STREAM_BYTES };

G_DEFINE_TYPE(LacunaDec, lacuna_dec, GST_TYPE_VIDEO_DECODER)

static GstStaticPadTemplate sink_template = GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
    GST_STATIC_CAPS(LACUNA_MEDIA_TYPE));
static GstStaticPadTemplate source_template = GST_STATIC_PAD_TEMPLATE("src", GST_PAD_SRC, GST_PAD_ALWAYS,
    GST_STATIC_CAPS("video/x-raw, format = (string) " LACUNA_DECODED_FORMATS ", " LACUNA_SIZES));

/* Properties */

static void lacuna_dec_set_property(GObject* object, guint id, const GValue* value, GParamSpec* spec)
{
    LacunaDec* self = LACUNA_DEC(object);
    GST_OBJECT_LOCK(self);
    switch (id) {
        case PROPERTY_THREADS:
            self->limits.threads = g_value_get_int(value);
            break;
        case PROPERTY_MAX_PIXELS:
            self->limits.max_pixels = g_value_get_uint64(value);
            break;
        case PROPERTY_MAX_STREAM_BYTES:
            self->limits.max_stream_bytes = g_value_get_uint64(value);
            break;
        default:
            G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
            break;
    }
    GST_OBJECT_UNLOCK(self);
}

static void lacuna_dec_get_property(GObject* object, guint id, GValue* value, GParamSpec* spec)
{
    LacunaDec* self = LACUNA_DEC(object);
    GST_OBJECT_LOCK(self);
    switch (id) {
        case PROPERTY_THREADS:
            g_value_set_int(value, self->limits.threads);
            break;
        case PROPERTY_MAX_PIXELS:
            g_value_set_uint64(value, self->limits.max_pixels);
            break;
        case PROPERTY_MAX_STREAM_BYTES:
            g_value_set_uint64(value, self->limits.max_stream_bytes);
            break;
        default:
            G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, spec);
            break;
    }
    GST_OBJECT_UNLOCK(self);
}

static LacunaLimits lacuna_dec_limits(LacunaDec* self)
{
    GST_OBJECT_LOCK(self);
    LacunaLimits limits = self->limits;
    GST_OBJECT_UNLOCK(self);
    return limits;
}

/* Drops a picture that cannot be shown and says why; takes `fault`. Bad data stops nothing: the next picture may be good. */
static GstFlowReturn drop(LacunaDec* self, GstVideoCodecFrame* frame, lac_status status, gchar* fault)
{
    GstFlowReturn flow = GST_FLOW_OK;
    gst_video_decoder_drop_frame(GST_VIDEO_DECODER(self), frame);
    if (status <= LAC_E_TRUNCATED) {
        GST_ELEMENT_WARNING(self, STREAM, DECODE, ("A picture could not be decoded."), ("%s", fault));
        GST_VIDEO_DECODER_ERROR(self, 1, STREAM, DECODE, ("A picture could not be decoded."), ("%s", fault), flow);
    } else {
        GST_ELEMENT_ERROR(self, LIBRARY, FAILED, ("The decoder failed."), ("%s", fault));
        flow = GST_FLOW_ERROR;
    }

    g_free(self->fault);
    self->fault = fault;
    return flow;
}

/* Agrees with the next element on format and size, where that is not settled yet. */
static GstFlowReturn negotiate(LacunaDec* self, const lac_stream_properties* picture)
{
    GstVideoDecoder* base = GST_VIDEO_DECODER(self);
    gboolean same_size = picture->width == self->width && picture->height == self->height;
    if (same_size && picture->channels == self->channels && !gst_pad_needs_reconfigure(base->srcpad)) {
        return GST_FLOW_OK;
    }

    GstCaps* allowed = gst_pad_get_allowed_caps(base->srcpad);
    if (allowed == NULL) {
        allowed = gst_pad_get_pad_template_caps(base->srcpad);
    }

    GstVideoFormat format = lacuna_choose_format(picture->channels, picture->width, picture->height, allowed);
    gboolean settled = format != GST_VIDEO_FORMAT_UNKNOWN;
    gst_caps_unref(allowed);
    if (settled && !(same_size && format == self->format)) {
        GstVideoCodecState* state = gst_video_decoder_set_output_state(base, format, picture->width, picture->height, self->input);
        gst_video_codec_state_unref(state);
        settled = gst_video_decoder_negotiate(base);
    }

    if (!settled) {
        self->channels = 0;
        return GST_PAD_IS_FLUSHING(base->srcpad) ? GST_FLOW_FLUSHING : GST_FLOW_NOT_NEGOTIATED;
    }

    self->format = format;
    self->width = picture->width;
    self->height = picture->height;
    self->channels = picture->channels;
    return GST_FLOW_OK;
}

/* Gives `frame` memory of the next element's for a picture of the stream that `stream` begins.
 *   status, fault as lac_stream_info has them; the caller frees the text */
static GstFlowReturn prepare(LacunaDec* self, GstVideoCodecFrame* frame, const LacunaLimits* limits, const GstMapInfo* stream,
    lac_status* status, gchar** fault)
{
    lac_stream_properties picture = LAC_STREAM_PROPERTIES_INIT;
    guint64 most = limits->max_pixels != 0 ? limits->max_pixels : LARGEST_PIXELS;
    *status = lac_stream_info(stream->data, stream->size, &picture);
    if (*status != LAC_OK) {
        *fault = lacuna_describe(*status);
        return GST_FLOW_OK;
    }

    if ((guint64)picture.width * picture.height > most) {
        *status = LAC_E_LIMIT_EXCEEDED;
        *fault = g_strdup_printf("%d x %d pixels are more than max-pixels allows", picture.width, picture.height);
        return GST_FLOW_OK;
    }

    GstFlowReturn flow = negotiate(self, &picture);
    return flow == GST_FLOW_OK ? gst_video_decoder_allocate_output_frame(GST_VIDEO_DECODER(self), frame) : flow;
}

/* Decodes `stream`, the input of `frame`, into its output. */
static GstFlowReturn decode(LacunaDec* self, GstVideoCodecFrame* frame, const GstMapInfo* stream, lac_status* status, gchar** fault)
{
    LacunaLimits limits = lacuna_dec_limits(self);
    GstFlowReturn flow = prepare(self, frame, &limits, stream, status, fault);
    if (flow != GST_FLOW_OK || *status != LAC_OK) {
        return flow;
    }

    GstVideoFrame target;
    GstVideoCodecState* state = gst_video_decoder_get_output_state(GST_VIDEO_DECODER(self));
    gboolean mapped = gst_video_frame_map(&target, &state->info, frame->output_buffer, GST_MAP_WRITE);
    gst_video_codec_state_unref(state);
    if (!mapped) {
        GST_ELEMENT_ERROR(self, RESOURCE, WRITE, ("The memory of a frame could not be mapped."), (NULL));
        return GST_FLOW_ERROR;
    }

    lac_packet packet = LAC_PACKET_INIT;
    packet.data = stream->data;
    packet.size = stream->size;
    packet.pts = GST_CLOCK_TIME_IS_VALID(frame->pts) ? (int64_t)frame->pts : LAC_UNKNOWN;
    packet.duration = GST_CLOCK_TIME_IS_VALID(frame->duration) ? (int64_t)frame->duration : LAC_UNKNOWN;
    *status = lacuna_picture_decoder_decode(&self->decoder, &limits, &packet, &target, fault);
    gst_video_frame_unmap(&target);
    return *status == LAC_E_CANCELLED ? GST_FLOW_FLUSHING : GST_FLOW_OK;
}

static GstFlowReturn lacuna_dec_handle_frame(GstVideoDecoder* base, GstVideoCodecFrame* frame)
{
    LacunaDec* self = LACUNA_DEC(base);
    lac_status status = LAC_OK;
    gchar* fault = NULL;
    GstMapInfo stream;
    if (gst_video_decoder_get_max_decode_time(base, frame) < 0) {
        /* Too late to be shown, and no other picture needs it. */
        return gst_video_decoder_drop_frame(base, frame);
    }

    if (!gst_buffer_map(frame->input_buffer, &stream, GST_MAP_READ)) {
        gst_video_decoder_release_frame(base, frame);
        GST_ELEMENT_ERROR(self, RESOURCE, READ, ("The memory of a stream could not be mapped."), (NULL));
        return GST_FLOW_ERROR;
    }

    GstFlowReturn flow = decode(self, frame, &stream, &status, &fault);
    gst_buffer_unmap(frame->input_buffer, &stream);
    if (flow != GST_FLOW_OK) {
        g_free(fault);
        gst_video_decoder_release_frame(base, frame);
        return flow;
    }

    if (status != LAC_OK) {
        return drop(self, frame, status, fault);
    }

    self->delivered = TRUE;
    return gst_video_decoder_finish_frame(base, frame);
}

/* Cuts the next stream out of the input. */
static GstFlowReturn lacuna_dec_parse(GstVideoDecoder* base, GstVideoCodecFrame* frame, GstAdapter* adapter, gboolean at_end)
{
    LacunaDec* self = LACUNA_DEC(base);
    LacunaLimits limits = lacuna_dec_limits(self);
    guint64 longest = limits.max_stream_bytes != 0 ? limits.max_stream_bytes : LONGEST_STREAM;
    (void)frame;
    if (self->splitter.position == 0) {
        gsize skip = lacuna_splitter_skip(adapter, at_end);
        if (skip > 0) {
            GST_WARNING_OBJECT(self, "%" G_GSIZE_FORMAT " bytes are not of a stream", skip);
            gst_adapter_flush(adapter, skip);
            self->strange_bytes += skip;
        }
    }

    gsize available = gst_adapter_available(adapter);
    gsize end = available < LACUNA_MAGIC_BYTES ? 0 : lacuna_splitter_find_end(&self->splitter, adapter, longest, at_end);
    if (end == 0 && available <= longest) {
        return GST_VIDEO_DECODER_FLOW_NEED_DATA;
    }

    /* A stream without end within the limit goes to the decoder as it is, which refuses it. */
    memset(&self->splitter, 0, sizeof self->splitter);
    gst_video_decoder_add_to_frame(base, end != 0 ? end : available);
    return gst_video_decoder_have_frame(base);
}

/* Ends a stream of which nothing could be shown as an error, and not as an empty picture. */
static GstFlowReturn lacuna_dec_finish(GstVideoDecoder* base)
{
    LacunaDec* self = LACUNA_DEC(base);
    if (self->delivered || (self->fault == NULL && self->strange_bytes == 0)) {
        return GST_FLOW_OK;
    }

    if (self->fault != NULL) {
        GST_ELEMENT_ERROR(self, STREAM, DECODE, ("No picture could be decoded."), ("%s", self->fault));
    } else {
        GST_ELEMENT_ERROR(self, STREAM, WRONG_TYPE, ("There is no Lacuna stream."),
            ("none begins in %" G_GUINT64_FORMAT " bytes", self->strange_bytes));
    }

    return GST_FLOW_ERROR;
}

static GstFlowReturn lacuna_dec_drain(GstVideoDecoder* base)
{
    (void)base;
    return GST_FLOW_OK; /* Each picture is decoded when its stream is there. */
}

/* States and events */

/* The input's caps do not follow those of the output, as the base class would have it: a file's streams have any size. */
static GstCaps* lacuna_dec_getcaps(GstVideoDecoder* base, GstCaps* filter)
{
    GstCaps* caps = gst_pad_get_pad_template_caps(GST_VIDEO_DECODER_SINK_PAD(base));
    if (filter == NULL) {
        return caps;
    }

    GstCaps* both = gst_caps_intersect_full(filter, caps, GST_CAPS_INTERSECT_FIRST);
    gst_caps_unref(caps);
    return both;
}

static void reset(LacunaDec* self)
{
    memset(&self->splitter, 0, sizeof self->splitter);
    g_clear_pointer(&self->fault, g_free);
    self->strange_bytes = 0;
    self->delivered = FALSE;
}

static gboolean lacuna_dec_set_format(GstVideoDecoder* base, GstVideoCodecState* state)
{
    LacunaDec* self = LACUNA_DEC(base);
    gboolean parsed = FALSE;
    gst_structure_get_boolean(gst_caps_get_structure(state->caps, 0), "parsed", &parsed);
    gst_video_decoder_set_packetized(base, parsed);
    g_clear_pointer(&self->input, gst_video_codec_state_unref);
    self->input = gst_video_codec_state_ref(state);
    self->format = GST_VIDEO_FORMAT_UNKNOWN; /* The output's caps follow: its framerate may have changed. */
    self->channels = 0;

    GstTagList* tags = gst_tag_list_new(GST_TAG_VIDEO_CODEC, "Lacuna", NULL);
    gst_video_decoder_merge_tags(base, tags, GST_TAG_MERGE_REPLACE);
    gst_tag_list_unref(tags);
    return TRUE;
}

static gboolean lacuna_dec_start(GstVideoDecoder* base)
{
    LacunaDec* self = LACUNA_DEC(base);
    lacuna_picture_decoder_resume(&self->decoder);
    reset(self);
    return TRUE;
}

static gboolean lacuna_dec_stop(GstVideoDecoder* base)
{
    LacunaDec* self = LACUNA_DEC(base);
    lacuna_picture_decoder_close(&self->decoder);
    reset(self);
    g_clear_pointer(&self->input, gst_video_codec_state_unref);
    self->format = GST_VIDEO_FORMAT_UNKNOWN;
    self->width = self->height = self->channels = 0;
    return TRUE;
}

static gboolean lacuna_dec_flush(GstVideoDecoder* base)
{
    reset(LACUNA_DEC(base));
    return TRUE;
}

static gboolean lacuna_dec_sink_event(GstVideoDecoder* base, GstEvent* event)
{
    LacunaDec* self = LACUNA_DEC(base);
    if (GST_EVENT_TYPE(event) == GST_EVENT_FLUSH_START) {
        lacuna_picture_decoder_cancel(&self->decoder);
    } else if (GST_EVENT_TYPE(event) == GST_EVENT_FLUSH_STOP) {
        lacuna_picture_decoder_resume(&self->decoder);
    }

    return GST_VIDEO_DECODER_CLASS(lacuna_dec_parent_class)->sink_event(base, event);
}

static gboolean lacuna_dec_src_event(GstVideoDecoder* base, GstEvent* event)
{
    if (!gst_video_decoder_get_packetized(base) && lacuna_is_rewind(event)) {
        return lacuna_rewind(GST_VIDEO_DECODER_SINK_PAD(base), event);
    }

    return GST_VIDEO_DECODER_CLASS(lacuna_dec_parent_class)->src_event(base, event);
}

static GstStateChangeReturn lacuna_dec_change_state(GstElement* element, GstStateChange change)
{
    if (change == GST_STATE_CHANGE_PAUSED_TO_READY) {
        lacuna_picture_decoder_cancel(&LACUNA_DEC(element)->decoder);
    }

    return GST_ELEMENT_CLASS(lacuna_dec_parent_class)->change_state(element, change);
}

static void lacuna_dec_finalize(GObject* object)
{
    g_mutex_clear(&LACUNA_DEC(object)->decoder.lock);
    G_OBJECT_CLASS(lacuna_dec_parent_class)->finalize(object);
}

static void lacuna_dec_class_init(LacunaDecClass* klass)
{
    GObjectClass* object = G_OBJECT_CLASS(klass);
    GstElementClass* element = GST_ELEMENT_CLASS(klass);
    GstVideoDecoderClass* base = GST_VIDEO_DECODER_CLASS(klass);
    const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

    GST_DEBUG_CATEGORY_INIT(lacuna_dec_debug, "lacunadec", 0, "Lacuna decoder");
    object->set_property = lacuna_dec_set_property;
    object->get_property = lacuna_dec_get_property;
    object->finalize = lacuna_dec_finalize;
    g_object_class_install_property(object, PROPERTY_THREADS,
        g_param_spec_int("threads", "Threads", "Threads of one picture (0: one a processor)", 0, 256, 0, flags));
    g_object_class_install_property(object, PROPERTY_MAX_PIXELS, g_param_spec_uint64("max-pixels", "Most pixels",
        "Larger pictures are refused (0: 2^28)", 0, G_MAXINT64, 0, flags));
    g_object_class_install_property(object, PROPERTY_MAX_STREAM_BYTES, g_param_spec_uint64("max-stream-bytes", "Longest stream",
        "Longer streams of one picture are refused (0: 2^30 bytes)", 0, G_MAXINT64, 0, flags));

    gst_element_class_set_static_metadata(element, "Lacuna decoder", "Codec/Decoder/Image", "Decodes Lacuna pictures", "Lacuna");
    gst_element_class_add_static_pad_template(element, &sink_template);
    gst_element_class_add_static_pad_template(element, &source_template);
    element->change_state = lacuna_dec_change_state;

    base->start = lacuna_dec_start;
    base->stop = lacuna_dec_stop;
    base->flush = lacuna_dec_flush;
    base->getcaps = lacuna_dec_getcaps;
    base->set_format = lacuna_dec_set_format;
    base->parse = lacuna_dec_parse;
    base->handle_frame = lacuna_dec_handle_frame;
    base->finish = lacuna_dec_finish;
    base->drain = lacuna_dec_drain;
    base->sink_event = lacuna_dec_sink_event;
    base->src_event = lacuna_dec_src_event;
}

static void lacuna_dec_init(LacunaDec* self)
{
    GstVideoDecoder* base = GST_VIDEO_DECODER(self);
    g_mutex_init(&self->decoder.lock);
    gst_video_decoder_set_packetized(base, FALSE);
    gst_video_decoder_set_use_default_pad_acceptcaps(base, TRUE);
    GST_PAD_SET_ACCEPT_TEMPLATE(GST_VIDEO_DECODER_SINK_PAD(base));
}

import 'reflect-metadata';
import { Controller, Module, Post, type RawBodyRequest, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createWebhookHandler } from '@x/webhooks/node';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { receiver } from './receiver.js';

const handleWebhook = createWebhookHandler(receiver);

@Controller('webhooks/nango')
export class NangoController {
    @Post()
    receive(@Req() request: RawBodyRequest<FastifyRequest>, @Res() reply: FastifyReply) {
        reply.hijack();
        return handleWebhook(Object.assign(request.raw, { rawBody: request.rawBody }), reply.raw);
    }
}

@Module({ controllers: [NangoController] })
export class AppModule {}

export const createApp = (module = AppModule) =>
    // Keeps the bytes beside the parsed body, for all routes.
    NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter({ bodyLimit: 10_485_760 }), {
        rawBody: true,
        logger: ['error'],
    });

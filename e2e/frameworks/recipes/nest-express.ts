import 'reflect-metadata';
import { Controller, Module, Post, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createWebhookHandler, type NodeRequest, type NodeResponse } from '@x/webhooks/node';
import { receiver } from './receiver.js';

const handleWebhook = createWebhookHandler(receiver);

@Controller('webhooks/nango')
export class NangoController {
    @Post()
    receive(@Req() req: NodeRequest, @Res() res: NodeResponse) {
        return handleWebhook(req, res);
    }
}

@Module({ controllers: [NangoController] })
export class AppModule {}

export async function createApp(module = AppModule) {
    // Keeps the bytes beside the parsed body, for all routes. Without `limit` bodies over 100 kB are refused.
    const app = await NestFactory.create<NestExpressApplication>(module, { rawBody: true, logger: ['error'] });
    app.useBodyParser('json', { limit: '10mb' });
    return app;
}
